/** Loss and accuracy over the epochs: two charts and their history. */
import { createCurveHistory } from '../../view/curve-history.js';
import { createLossChart } from '../../view/loss-chart.js';
import { formatPercent } from '../../text/text.js';

/**
 * @import { Evaluation } from '../../engine/types.js'
 * @import { Theme } from '../../view/color.js'
 */

/** Values of a point: loss and accuracy, on the training digits and on the test digits. */
const CURVES = 4;

/**
 * @param {{ loss: HTMLElement, accuracy: HTMLElement }} containers
 * @param {Theme} theme
 */
export function createCurves(containers, theme) {
  const history = createCurveHistory(CURVES);
  const loss = createLossChart(containers.loss, theme, { epochs: false });
  const accuracy = createLossChart(containers.accuracy, theme, { range: [0, 1], format: (value) => formatPercent(value, 0) });

  function draw() {
    const { places } = history;
    loss.draw({ places, train: history.column(0), test: history.column(1) });
    accuracy.draw({ places, train: history.column(2), test: history.column(3) });
  }

  return {
    /**
     * @param {number} epoch
     * @param {{ train?: Evaluation, test?: Evaluation }} evaluations
     */
    push(epoch, { train, test }) {
      history.push(
        epoch,
        [train?.loss, test?.loss, train?.accuracy, test?.accuracy].map((value) => value ?? Number.NaN),
      );
      draw();
    },
    get length() {
      return history.length;
    },
    clear() {
      history.clear();
      draw();
    },
    /** @param {Theme} next */
    setTheme(next) {
      loss.setTheme(next);
      accuracy.setTheme(next);
    },
    dispose() {
      loss.dispose();
      accuracy.dispose();
    },
  };
}
