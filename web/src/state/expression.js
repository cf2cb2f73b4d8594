/**
 * Formulas over the plane as readers type them, `x2 > sin(x1)` or `x1^2 + x2^2 < 9`, made into functions without ever making code of
 * text. `x` and `y` are other names of `x1` and `x2`.
 *
 *   or, and, not · < <= > >= = != (chains hold where every link does) · + - · * / and a factor put beside another, `2 x` · - · ^
 */

/** @typedef {'unexpected' | 'end' | 'name' | 'call' | 'arguments' | 'long' | 'deep'} ExpressionProblem */

/**
 * A formula that cannot be read: what is wrong, where (counted from 1), and what stands there.
 */
export class ExpressionError extends Error {
  /**
   * @param {ExpressionProblem} problem
   * @param {number} position
   * @param {string} got
   */
  constructor(problem, position, got = '') {
    super(`${problem} at ${position}: ${got}`);
    this.problem = problem;
    this.position = position;
    this.got = got;
  }
}

/**
 * @typedef {object} Expression
 * @property {(x1: number, x2: number) => number} evaluate truth is 1, untruth 0
 * @property {boolean} logical whether it is true or false, not a number
 */

const LONGEST = 500;
const DEEPEST = 60;

/** @type {Readonly<Record<string, (x1: number, x2: number) => number>>} */
const variables = Object.freeze({
  x1: (x1) => x1,
  x: (x1) => x1,
  'x₁': (x1) => x1,
  x2: (_, x2) => x2,
  y: (_, x2) => x2,
  'x₂': (_, x2) => x2,
  pi: () => Math.PI,
  π: () => Math.PI,
  e: () => Math.E,
});

/** Functions by name, with how many arguments they take: from, to. @type {Readonly<Record<string, [(...values: number[]) => number, number, number]>>} */
const functions = Object.freeze({
  sin: [Math.sin, 1, 1],
  cos: [Math.cos, 1, 1],
  tan: [Math.tan, 1, 1],
  tanh: [Math.tanh, 1, 1],
  atan: [Math.atan, 1, 1],
  exp: [Math.exp, 1, 1],
  log: [Math.log, 1, 1],
  ln: [Math.log, 1, 1],
  sqrt: [Math.sqrt, 1, 1],
  abs: [Math.abs, 1, 1],
  sign: [Math.sign, 1, 1],
  floor: [Math.floor, 1, 1],
  round: [Math.round, 1, 1],
  min: [Math.min, 2, 10],
  max: [Math.max, 2, 10],
  mod: [(a, b) => a - b * Math.floor(a / b), 2, 2],
});

/** The names that a formula may use, for those who ask. */
export const functionNames = Object.freeze(Object.keys(functions));

/** Other ways to write the same. @type {Readonly<Record<string, string>>} */
const synonyms = Object.freeze({
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '==': '=',
  '&&': 'and',
  '∧': 'and',
  '||': 'or',
  '∨': 'or',
  '!': 'not',
  '¬': 'not',
  '·': '*',
  '×': '*',
  '÷': '/',
  '−': '-',
  '**': '^',
});

/** @type {Readonly<Record<string, (a: number, b: number) => boolean>>} */
const comparisons = Object.freeze({
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
});

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([\p{L}][\p{L}\d₁₂]*)|(\*\*|<=|>=|==|!=|&&|\|\||[-+*/^()<>=!≤≥≠∧∨¬·×÷−,]))/uy;

/** @typedef {{ kind: 'number' | 'name' | 'sign' | 'end', text: string, position: number }} Token */

/**
 * @param {string} text
 * @returns {Token[]}
 */
function tokensOf(text) {
  if (text.length > LONGEST) throw new ExpressionError('long', LONGEST + 1);
  /** @type {Token[]} */
  const tokens = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      const skipped = text.slice(from).length - text.slice(from).trimStart().length;
      throw new ExpressionError('unexpected', from + skipped + 1, [...text.slice(from + skipped)][0]);
    }
    const [whole, number, name, sign] = match;
    const word = number ?? name ?? sign;
    const position = from + whole.length - word.length + 1;
    const text_ = synonyms[word] ?? word.toLowerCase();
    const kind = number !== undefined ? 'number' : name !== undefined && !['and', 'or', 'not'].includes(text_) ? 'name' : 'sign';
    tokens.push({ kind, text: text_, position });
  }
  tokens.push({ kind: 'end', text: '', position: end + 1 });
  return tokens;
}

/**
 * @param {string} text
 * @returns {Expression}
 * @throws {ExpressionError}
 */
export function parseExpression(text) {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;

  /** @param {...string} signs @returns {string | undefined} the sign, which is then behind us */
  const take = (...signs) => {
    const { kind, text: sign } = tokens[at];
    if (kind !== 'sign' || !signs.includes(sign)) return undefined;
    at += 1;
    return sign;
  };
  const unexpected = () => {
    const { kind, text: got, position } = tokens[at];
    return new ExpressionError(kind === 'end' ? 'end' : 'unexpected', position, got);
  };

  /** @returns {Expression} */
  const either = () => {
    depth += 1;
    if (depth > DEEPEST) throw new ExpressionError('deep', tokens[at].position);
    let left = both();
    while (take('or')) {
      const [a, b] = [left.evaluate, both().evaluate];
      left = { logical: true, evaluate: (x1, x2) => Number(a(x1, x2) !== 0 || b(x1, x2) !== 0) };
    }
    depth -= 1;
    return left;
  };

  /** @returns {Expression} */
  const both = () => {
    let left = negated();
    while (take('and')) {
      const [a, b] = [left.evaluate, negated().evaluate];
      left = { logical: true, evaluate: (x1, x2) => Number(a(x1, x2) !== 0 && b(x1, x2) !== 0) };
    }
    return left;
  };

  /** @returns {Expression} */
  const negated = () => {
    let flips = 0;
    while (take('not')) flips += 1;
    const { evaluate, logical } = compared();
    if (flips === 0) return { evaluate, logical };
    return { logical: true, evaluate: (x1, x2) => Number((evaluate(x1, x2) === 0) === (flips % 2 === 1)) };
  };

  /** @returns {Expression} */
  const compared = () => {
    const first = sum();
    /** @type {{ holds: (a: number, b: number) => boolean, right: Expression["evaluate"] }[]} */
    const links = [];
    for (let sign = take(...Object.keys(comparisons)); sign; sign = take(...Object.keys(comparisons)))
      links.push({ holds: comparisons[sign], right: sum().evaluate });
    if (links.length === 0) return first;
    return {
      logical: true,
      evaluate: (x1, x2) => {
        let left = first.evaluate(x1, x2);
        for (const { holds, right } of links) {
          const value = right(x1, x2);
          // What is no number is neither greater nor smaller: that is no answer, and is not taken for one.
          if (Number.isNaN(left) || Number.isNaN(value)) return Number.NaN;
          if (!holds(left, value)) return 0;
          left = value;
        }
        return 1;
      },
    };
  };

  /** @returns {Expression} */
  const sum = () => {
    let left = product();
    for (let sign = take('+', '-'); sign; sign = take('+', '-')) {
      const [a, b] = [left.evaluate, product().evaluate];
      left = { logical: false, evaluate: sign === '+' ? (x1, x2) => a(x1, x2) + b(x1, x2) : (x1, x2) => a(x1, x2) - b(x1, x2) };
    }
    return left;
  };

  /** @returns {Expression} */
  const product = () => {
    let left = signed();
    for (;;) {
      const sign = take('*', '/');
      const { kind, text: next } = tokens[at];
      if (!sign && kind !== 'number' && kind !== 'name' && !(kind === 'sign' && next === '(')) return left;
      const [a, b] = [left.evaluate, signed().evaluate];
      left = { logical: false, evaluate: sign === '/' ? (x1, x2) => a(x1, x2) / b(x1, x2) : (x1, x2) => a(x1, x2) * b(x1, x2) };
    }
  };

  /** @returns {Expression} */
  const signed = () => {
    let negative = false;
    let changed = false;
    for (let sign = take('-', '+'); sign; sign = take('-', '+')) {
      changed = true;
      if (sign === '-') negative = !negative;
    }
    const { evaluate, logical } = power();
    if (!changed) return { evaluate, logical };
    return { logical: false, evaluate: negative ? (x1, x2) => -evaluate(x1, x2) : evaluate };
  };

  /** @returns {Expression} */
  const power = () => {
    const base = atom();
    if (!take('^')) return base;
    depth += 1;
    if (depth > DEEPEST) throw new ExpressionError('deep', tokens[at].position);
    const [a, b] = [base.evaluate, signed().evaluate];
    depth -= 1;
    return { logical: false, evaluate: (x1, x2) => a(x1, x2) ** b(x1, x2) };
  };

  /** @returns {Expression} */
  const atom = () => {
    const token = tokens[at];
    if (token.kind === 'number') {
      at += 1;
      const value = Number(token.text);
      return { logical: false, evaluate: () => value };
    }
    if (token.kind === 'name') {
      at += 1;
      return named(token);
    }
    if (!take('(')) throw unexpected();
    const inner = either();
    if (!take(')')) throw unexpected();
    return inner;
  };

  /** @param {Token} token @returns {Expression} */
  const named = ({ text: name, position }) => {
    if (Object.hasOwn(variables, name)) return { logical: false, evaluate: variables[name] };
    if (!Object.hasOwn(functions, name)) throw new ExpressionError('name', position, name);
    const [call, fewest, most] = functions[name];
    if (!take('(')) throw new ExpressionError('call', position, name);
    const values = [either().evaluate];
    while (take(',')) values.push(either().evaluate);
    if (!take(')')) throw unexpected();
    if (values.length < fewest || values.length > most) throw new ExpressionError('arguments', position, name);
    return { logical: false, evaluate: (x1, x2) => call(...values.map((value) => value(x1, x2))) };
  };

  const expression = either();
  if (tokens[at].kind !== 'end') throw unexpected();
  return expression;
}
