/** Loss and accuracy over the epochs: two charts of one history. */
import { createCurveHistory } from '../../view/curve-history.js';
import { createLossChart } from '../../view/loss-chart.js';
import { formatPercent } from '../../text/text.js';

/**
 * @import { Evaluation } from '../../engine/types.js'
 * @import { Theme } from '../../view/color.js'
 */

/** Values of a point: loss and accuracy, each on the training digits and on the test digits. */
const CURVES = 4;

/** The points of a run; they outlive the charts, which go when the lab leaves the page. */
export function createEvaluationHistory() {
  let history = createCurveHistory(CURVES);
  return {
    /**
     * @param {number} epoch
     * @param {{ train?: Evaluation, test?: Evaluation }} evaluations
     */
    push(epoch, { train, test }) {
      // A run that went back to an earlier state goes on from there.
      history.truncate(epoch);
      history.push(
        epoch,
        [train?.loss, test?.loss, train?.accuracy, test?.accuracy].map((value) => value ?? Number.NaN),
      );
    },
    clear() {
      history = createCurveHistory(CURVES);
    },
    get places() {
      return history.places;
    },
    /** @param {number} index */
    column: (index) => history.column(index),
  };
}

/**
 * @param {{ loss: HTMLElement, accuracy: HTMLElement }} containers
 * @param {Theme} theme
 * @param {ReturnType<typeof createEvaluationHistory>} history
 */
export function createCurves(containers, theme, history) {
  const loss = createLossChart(containers.loss, theme, { epochs: false });
  const accuracy = createLossChart(containers.accuracy, theme, { range: [0, 1], format: (value) => formatPercent(value, 0) });

  /** @type {{ accuracy?: number, loss?: number }} */
  let goal = {};

  function draw() {
    const { places } = history;
    loss.draw({ places, train: history.column(0), test: history.column(1), goal: goal.loss });
    accuracy.draw({ places, train: history.column(2), test: history.column(3), goal: goal.accuracy });
  }

  draw();
  return {
    draw,
    /** @param {{ accuracy?: number, loss?: number }} next what the text comes to */
    setGoal(next) {
      if (goal.accuracy === next.accuracy && goal.loss === next.loss) return;
      goal = next;
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
