// What views draw, written down as SVG.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TEST_DASH, chartPicture, ticks } from '../../../web/src/view/chart-picture.js';
import { createValueScale } from '../../../web/src/view/color.js';
import { markerPath } from '../../../web/src/view/marker.js';
import { createSvgContext } from '../../../web/src/view/svg-context.js';

/** @import { Theme } from '../../../web/src/view/color.js' */

/**
 * What is written for a drawing, one element a line.
 * @param {(context: CanvasRenderingContext2D) => void} draw
 */
function written(draw) {
  const svg = createSvgContext(100, 50, {
    measure: (text) => text.length * 10,
    imageUrl: (_image, x, y, width, height) => `data:,${[x, y, width, height].join(' ')}`,
  });
  draw(svg.context);
  return svg.toString().trim().split('\n').slice(1, -1);
}

describe('a drawing as SVG', () => {
  it('has the size of the drawing, and a background where it is given one', () => {
    const svg = createSvgContext(100.5, 50, { measure: () => 0, imageUrl: () => '' });
    assert.equal(svg.toString(), '<svg xmlns="http://www.w3.org/2000/svg" width="100.5" height="50" viewBox="0 0 100.5 50">\n\n</svg>\n');
    assert.match(svg.toString('oklch(1 0 0)'), /<rect width="100\.5" height="50" fill="rgb\(255, 255, 255\)"\/>/);
  });

  it('keeps lines and curves with their strokes', () => {
    const lines = written((context) => {
      context.strokeStyle = 'rgb(1, 2, 3)';
      context.lineWidth = 2.5;
      context.lineCap = 'round';
      context.setLineDash([5, 3]);
      context.globalAlpha = 0.5;
      context.beginPath();
      context.moveTo(1, 2);
      context.bezierCurveTo(3, 4, 5, 6, 7, 8.12345);
      context.lineTo(9, 10);
      context.stroke();
    });
    assert.deepEqual(lines, [
      '<path d="M1 2C3 4 5 6 7 8.123L9 10" fill="none" stroke="rgb(1, 2, 3)" stroke-width="2.5" stroke-linecap="round" stroke-dasharray="5 3" opacity="0.5"/>',
    ]);
  });

  it('draws a circle as two halves, and markers by their outlines in their places', () => {
    const [circle, marker] = written((context) => {
      context.beginPath();
      context.arc(10, 10, 4, 0, 2 * Math.PI);
      context.fill();
      context.translate(20, 30);
      context.fill(markerPath(context, 0, 3));
    });
    assert.match(circle, /^<path d="M14 10A4 4 0 0 1 6 10A4 4 0 0 1 14 10" fill="#000"\/>$/);
    assert.match(marker, /d="M-3 0A3 3 0 1 1 3 0A3 3 0 1 1 -3 0Z".* transform="translate\(20 30\)"/);
  });

  it('comes back from save with everything that was set', () => {
    const lines = written((context) => {
      context.save();
      context.fillStyle = '#f00';
      context.translate(5, 5);
      context.fillRect(0, 0, 1, 1);
      context.restore();
      context.fillRect(0, 0, 1, 1);
    });
    assert.deepEqual(lines, [
      '<rect x="5" y="5" width="1" height="1" fill="#f00"/>',
      '<rect x="0" y="0" width="1" height="1" fill="#000"/>',
    ]);
  });

  it('clips until the state is restored', () => {
    const lines = written((context) => {
      context.save();
      context.beginPath();
      context.rect(1, 2, 3, 4);
      context.clip();
      context.strokeRect(0, 0, 9, 9);
      context.restore();
    });
    assert.deepEqual(lines, [
      '<clipPath id="clip1"><path d="M1 2h3v4h-3Z"/></clipPath><g clip-path="url(#clip1)">',
      '<rect x="0" y="0" width="9" height="9" fill="none" stroke="#000" stroke-width="1"/>',
      '</g>',
    ]);
  });

  it('keeps text as text, on its baseline, squeezed where it would be too wide', () => {
    const [line] = written((context) => {
      context.font = '600 10px "A & B", serif';
      context.textAlign = 'right';
      context.textBaseline = 'middle';
      context.fillText('x < y', 10, 20, 30);
    });
    assert.equal(
      line,
      '<text x="10" y="23.5" font-family="&#34;A &#38; B&#34;, serif" font-size="10" font-weight="600" text-anchor="end" textLength="30" lengthAdjust="spacingAndGlyphs" fill="#000">x &#60; y</text>',
    );
  });

  it('embeds pictures, or a part of one', () => {
    const image = /** @type {HTMLCanvasElement} */ ({ width: 8, height: 6 });
    const lines = written((context) => {
      context.drawImage(image, 1, 2, 80, 60);
      context.imageSmoothingEnabled = false;
      context.drawImage(image, 2, 3, 4, 2, 1, 2, 40, 20);
    });
    assert.deepEqual(lines, [
      '<image x="1" y="2" width="80" height="60" preserveAspectRatio="none" href="data:,0 0 8 6"/>',
      '<image x="1" y="2" width="40" height="20" preserveAspectRatio="none" image-rendering="pixelated" href="data:,2 3 4 2"/>',
    ]);
  });

  it('refuses what it would write wrongly', () => {
    assert.throws(
      () =>
        written((context) =>
          context.setTransform(
            new (class {
              a = 2;
              b = 0;
              c = 0;
              d = 2;
              e = 0;
              f = 0;
            })(),
          ),
        ),
      /moved, never scaled/,
    );
  });
});

describe('a chart as a picture', () => {
  const scale = createValueScale([0, 0, 0], [0, 0, 0], [0, 0, 0]);
  const gray = '#888';
  /** @type {Theme} */
  const theme = {
    paper: '#fff',
    sunken: gray,
    line: gray,
    lineStrong: gray,
    ink: '#111',
    inkSoft: gray,
    inkFaint: gray,
    accent: '#0a0',
    font: 'serif',
    scale: 1,
    values: scale,
    marks: scale,
    classes: [],
    classColors: [],
    zero: [0, 0, 0],
  };
  const model = {
    title: 'Loss',
    across: 'epoch',
  };
  const places = [0, 5, 10];
  const whole = [1, 0.5, 0.1];
  /** @param {{ train?: (number | null)[], test?: (number | null)[], logarithmic?: boolean }} [others] */
  const drawn = ({ train = whole, test = [null, 0.7, 0.3], logarithmic } = {}) => {
    const curves = [
      { name: 'Train', color: '#111', dash: [], places, values: train },
      { name: 'Test', color: '#0a0', dash: TEST_DASH, places, values: test },
    ];
    return written((context) => chartPicture({ ...model, curves, logarithmic }, theme, 640, 360).paint(context, 1)).join('\n');
  };

  it('has both curves, from the first epoch to the last, and leaves out what is not there', () => {
    const text = drawn();
    assert.match(text, /d="M58 [\d.]+L341 [\d.]+L624 [\d.]+" fill="none" stroke="#111"/);
    assert.match(text, /d="M341 [\d.]+L624 [\d.]+" fill="none" stroke="#0a0".* stroke-dasharray="5 3"/);
    for (const word of ['Loss', 'Train', 'Test', 'epoch', '0.4', '10']) assert.ok(text.includes(`>${word}<`), word);
  });

  it('names no curve that has no points', () => {
    assert.ok(!drawn({ test: [null, null, null] }).includes('>Test<'));
  });

  it('counts decades on a logarithmic axis', () => {
    const text = drawn({ logarithmic: true, train: [100, 0, 0.01], test: [null, null, null] });
    for (const word of ['0.01', '0.1', '1', '10', '100']) assert.ok(text.includes(`>${word}<`), word);
    assert.doesNotMatch(text, /NaN|Infinity/);
  });

  it('has round ticks', () => {
    assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(ticks(0, 43, 8), [0, 10, 20, 30, 40]);
    assert.deepEqual(ticks(-0.3, 0.3, 3), [-0.2, 0, 0.2]);
  });
});
