/**
 * Runs before uPlot, which formats by `navigator.language` while it loads: in WebKitGTK under the locale C that is "C", in
 * Chromium on some servers "en-US@posix", and Intl throws on either, which would leave the page without curves. A tag that no formatter
 * can use is replaced by English; any other stays.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch (thrown) {
  if (!(thrown instanceof RangeError)) throw thrown;
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}
