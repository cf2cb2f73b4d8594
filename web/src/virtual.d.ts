/// <reference types="vite/client" />

/** The worker as the text of one classic script; made by build/worker-source.js. */
declare module 'virtual:worker-source' {
  const source: string;
  export default source;
}

/** What the built site consists of; made by build/offline.js. */
declare module 'virtual:site-files' {
  const files: import('./pages/offline-answers.js').SiteFiles;
  export default files;
}

/** The reproducible engine's WebAssembly file; made by build/worker-source.js. */
declare module 'virtual:wasm-base64' {
  const base64: string;
  export default base64;
}
