/** What an optimizer makes of one parameter, line by line as PyTorch writes it. Pure; the engine's own update is its judge. */
import { idOf } from '../../state/edits.js';

/** @import { Operation } from '../../engine/types.js' */

/**
 * What the update of one parameter is made with.
 * @typedef {object} UpdateGiven
 * @property {number} weight
 * @property {number} gradient as the optimizer has it
 * @property {readonly number[]} memory what it remembers of this parameter: a velocity, moving averages
 * @property {number} rate after the schedule
 * @property {number} step 1 for the first update
 */

/**
 * A line of the rule: what is worked out, from which numbers.
 * @typedef {{ kind: 'velocity' | 'ahead' | 'squares' | 'average' | 'first' | 'second' | 'decay' | 'update', result: number, numbers: readonly number[] }} UpdateLine
 */

/**
 * @param {Operation | undefined} optimizer with all its parameters
 * @param {UpdateGiven} given
 * @returns {{ lines: UpdateLine[], weight: number }} the lines in their order, and the new weight
 */
export function updateRule(optimizer, { weight, gradient: g, memory, rate, step }) {
  /** @param {string} name */
  const setting = (name) => Number(typeof optimizer === 'object' ? optimizer[name] : 0);
  /** @type {UpdateLine[]} */
  const lines = [];
  /** @param {UpdateLine['kind']} kind @param {number} result @param {number[]} numbers */
  const line = (kind, result, ...numbers) => {
    lines.push({ kind, result, numbers });
    return result;
  };
  /** @param {number} from @param {number} divided @param {number[]} by numbers of the denominator */
  const quotient = (from, divided, ...by) => line('update', from - (rate * divided) / (by[0] + by[1]), from, rate, divided, ...by);
  const [first = 0, second = 0] = memory;
  const epsilon = setting('epsilon');

  switch (idOf(optimizer)) {
    case 'adagrad':
      quotient(weight, g, Math.sqrt(line('squares', first + g * g, first, g)), epsilon);
      break;
    case 'rmsprop': {
      const decay = setting('decay');
      quotient(weight, g, Math.sqrt(line('average', decay * first + (1 - decay) * g * g, decay, first, g)), epsilon);
      break;
    }
    case 'adam':
    case 'adamw': {
      const [beta1, beta2, decay] = [setting('beta1'), setting('beta2'), setting('weightDecay')];
      const m = line('first', beta1 * first + (1 - beta1) * g, beta1, first, g);
      const v = line('second', beta2 * second + (1 - beta2) * g * g, beta2, second, g);
      const from = idOf(optimizer) === 'adamw' ? line('decay', (1 - rate * decay) * weight, rate, decay, weight) : weight;
      quotient(from, m / (1 - beta1 ** step), Math.sqrt(v / (1 - beta2 ** step)), epsilon);
      break;
    }
    default: {
      const momentum = setting('momentum');
      const velocity = momentum > 0 ? line('velocity', momentum * first + g, momentum, first, g) : g;
      const nesterov = momentum > 0 && typeof optimizer === 'object' && optimizer.nesterov === true;
      const direction = nesterov ? line('ahead', g + momentum * velocity, g, momentum, velocity) : velocity;
      line('update', weight - rate * direction, weight, rate, direction);
    }
  }
  return { lines, weight: lines[lines.length - 1].result };
}
