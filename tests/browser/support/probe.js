/**
 * Runs in a page before anything of its own, and notes what a visitor's console would show. For browsers whose drivers do not tell.
 */
(() => {
  /** @type {string[]} */
  const problems = [];
  Object.assign(globalThis, { problems });

  for (const level of /** @type {const} */ (['error', 'warn'])) {
    const original = console[level];
    console[level] = (...values) => {
      problems.push(`console ${level}: ${values.join(' ')}`);
      original.apply(console, values);
    };
  }
  // In the capturing phase the failures of scripts, styles and pictures to load are seen as well.
  addEventListener(
    'error',
    (event) => {
      const source = event.target instanceof HTMLElement ? event.target.outerHTML : '';
      problems.push(event instanceof ErrorEvent ? `uncaught: ${event.message} ${event.filename}:${event.lineno}` : `not loaded: ${source}`);
    },
    true,
  );
  addEventListener('unhandledrejection', ({ reason }) => problems.push(`unhandled rejection: ${reason?.stack ?? reason}`));
  addEventListener('securitypolicyviolation', (event) =>
    problems.push(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`),
  );
})();
