import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minifyTemplatesOf } from '../../../web/build/minify-templates.js';

test('comments and indentation of style sheets go, what they mean stays', () => {
  const code = `
    const style = css\`
      /* Why. */
      :is(a, b) > .c  .d {
        grid-template:
          'x y' auto
          / 1fr calc(1rem + 2px);
        color: \${ ink };
      }
    \`;
  `;
  assert.equal(
    minifyTemplatesOf(code).trim(),
    "const style = css` :is(a,b) > .c .d{grid-template: 'x y' auto / 1fr calc(1rem + 2px);color: ${ ink };}`;",
  );
});

test('HTML keeps a space where there was one, also in templates within templates; other texts are left alone', () => {
  const code = 'show(html`<p>\n  ${a ? html`\n  <b>x</b>  y` : `two  spaces`}\n  end</p>`, `a\n  b`, text`c\n  d`);';
  assert.equal(minifyTemplatesOf(code), 'show(html`<p> ${a ? html` <b>x</b> y` : `two  spaces`} end</p>`, `a\n  b`, text`c\n  d`);');
});
