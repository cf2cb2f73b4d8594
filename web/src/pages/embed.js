/**
 * `embed.html#…`: one lab that fills the page. The hash is a link's string plus `element=digits`, `lang=`, `theme=`, `projector=`, `autoplay=`,
 * `show=`, `lock=` and `figure=`; language, theme and projector may also stand in the query, as on the pages; the page around the frame hears how high it wants to be.
 */
import { askedFor, isOn, preferenceFields, showProjector } from '../ui/preferences.js';

const elements = Object.freeze(/** @type {Record<string, string>} */ ({ playground: 'mlp-playground', digits: 'mlp-digits' }));
const attributes = Object.freeze(['show', 'lock', 'figure']);
const own = new Set(['element', 'autoplay', ...attributes, ...preferenceFields]);

/**
 * The page's own fields, and the rest as the link's string, untouched.
 * @param {string} hash
 */
function split(hash) {
  const parts = hash.replace(/^#/, '').split('&').filter(Boolean);
  const isOwn = (/** @type {string} */ part) => own.has(part.split('=', 1)[0]);
  return { options: new URLSearchParams(parts.filter(isOwn).join('&')), link: parts.filter((part) => !isOwn(part)).join('&') };
}

function show() {
  const { options, link } = split(location.hash);
  const lab = document.createElement(elements[options.get('element') ?? ''] ?? elements.playground);
  for (const name of attributes) {
    const value = options.get(name);
    if (value !== null) lab.setAttribute(name, value);
  }
  const asked = askedFor();
  for (const name of ['lang', 'theme']) {
    const value = asked.get(name);
    if (value !== null) lab.setAttribute(name, value);
  }
  const lang = asked.get('lang');
  if (lang !== null) document.documentElement.lang = lang;
  const projector = isOn(asked.get('projector') ?? '0');
  showProjector(projector);
  lab.toggleAttribute('projector', projector);
  const theme = asked.get('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  if (options.has('autoplay') && options.get('autoplay') !== '0') lab.setAttribute('autoplay', '');
  if (link !== '') lab.setAttribute('experiment', link);
  document.querySelector('main')?.replaceChildren(lab);
}

/** The form that most hosts understand; both as an object and as the text that older ones expect. @param {number} height */
function tellHeight(height) {
  if (parent === window) return;
  parent.postMessage({ context: 'iframe.resize', src: location.href, height }, '*');
  parent.postMessage(JSON.stringify({ context: 'iframe.resize', src: location.href, height }), '*');
}

let told = 0;
new ResizeObserver(() => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  tellHeight(height);
}).observe(document.body);

addEventListener('hashchange', show);
show();
