/**
 * What a section of the playground sees of it, and how it tells what the reader wants; nothing but types.
 *
 * @import { Catalog, FilledExperiment } from '../../engine/types.js'
 * @import { Language, Translate } from '../../text/text.js'
 * @import { Theme } from '../../view/color.js'
 * @import { Picture } from '../../view/thumbnail.js'
 */

/**
 * @typedef {object} Sight
 * @property {Translate} t
 * @property {Language} language
 * @property {FilledExperiment} experiment
 * @property {Catalog} catalog
 * @property {Theme} [theme]
 * @property {ReadonlyMap<string, Picture>} [datasetPictures]
 * @property {ReadonlyMap<string, Float32Array>} [featureGrids]
 * @property {number} trainRows
 * @property {(path: string) => boolean} locked whether the author of the page holds a setting fast
 * @property {(next: FilledExperiment) => void} edit
 * @property {() => void} [startOwnData] makes the reader's own points the data
 */

export {};
