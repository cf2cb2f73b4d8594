declare const catalog: import('../src/engine/types.js').Catalog;
export default catalog;
