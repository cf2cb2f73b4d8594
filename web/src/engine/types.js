/**
 * The shapes that cross the engine's border; nothing but types.
 */

/** @typedef {Readonly<{ en: string, zh: string }>} Label */

/** @typedef {Float32Array | Float64Array | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array} TypedArray */

/** @typedef {ArrayLike<number>} Numbers any array or typed array of numbers */

/** @typedef {string | ({ id: string } & { [parameter: string]: string | number | boolean })} Operation */

/** @typedef {{ units?: number, activation?: Operation, dropout?: number }} Layer */

/**
 * One section of an experiment as the reader may write it: every field may be left out.
 * @typedef {{ id?: string, samples?: number, noise?: number, labelNoise?: number, testFraction?: number, features?: string[], seed?: number, [key: string]: unknown }} DataSection
 * @typedef {{ layers?: Layer[], skip?: boolean, locked?: string[], cut?: string[], initializer?: Operation, seed?: number, [key: string]: unknown }} NetworkSection
 * @typedef {{ loss?: Operation, optimizer?: Operation, batchSize?: number, sampling?: string, schedule?: Operation, l1?: number, l2?: number, clipNorm?: number, seed?: number, [key: string]: unknown }} TrainingSection
 */

/**
 * The experiment: one document that describes a run completely. Every field has a default.
 * @typedef {{ version?: number, data?: DataSection, network?: NetworkSection, training?: TrainingSection }} Experiment
 */

/**
 * The experiment with every default filled in, as the engine answers it.
 * @typedef {{ version: number, data: DataSection & { id: string }, network: NetworkSection & { layers: Layer[] }, training: TrainingSection }} FilledExperiment
 */

/** @typedef {{ path: string, message: string }} Issue */

/** @typedef {{ experiment: FilledExperiment, issues: Issue[], memory: number | null }} CheckResult `memory`: the bytes that a run will hold, null where the document cannot run */

/** @typedef {'train' | 'test'} Split */

/**
 * @typedef {object} Progress
 * @property {number} step completed steps
 * @property {number} epoch completed epochs
 * @property {number} loss mean over the call's batches, each before its update
 * @property {'ready' | 'running' | 'diverged'} status
 * @property {string | { layer?: number, quantity?: string, [key: string]: unknown }} [cause] which layer and quantity stopped being finite
 * @property {number} [stepsPerSecond] measured while playing
 */

/** @typedef {{ steps?: number, epochs?: number, milliseconds?: number }} Budget */

/** @typedef {{ loss: number, accuracy?: number, confusion?: Uint32Array, r2?: number }} Evaluation */

/** @typedef {{ losses: Float32Array, predicted?: Uint32Array }} Outcomes row by row: its own loss, and for classification the class it is taken for */

/** @typedef {Evaluation & Outcomes} EvaluatedRows the result of an evaluation in parts */

/** @typedef {{ inputs: Float32Array, targets?: Float32Array, labels?: Uint32Array | Int32Array | Uint8Array, rows: number, columns: number }} SplitData */

/** @typedef {{ preActivations: Float32Array, outputs: Float32Array }} Activations */

/** @typedef {{ x: [number, number], y?: [number, number], columns: number, rows: number, layer?: number, unit?: number }} SurfaceOptions values of the whole answer, [rows x columns x outputs], or of one unit of a layer */

/** @typedef {{ gradients: Float64Array, evaluations: number }} NumericalGradients */

/**
 * @typedef {object} OptimizerState
 * @property {number} rate the learning rate after the schedule
 * @property {number} step 1 for this optimizer's first update
 * @property {Float32Array} values velocities or moving averages, each row of them in the order of the parameters: one row, two of Adam
 */

/** @typedef {'reproducible' | 'fast'} Variant */

/**
 * One number, one switch or one choice that an operation can be given. Of a choice, minimum and maximum are the first and last position.
 * @typedef {{ name: string, label: Label, minimum: number, maximum: number, fallback: number, scale: 'linear' | 'log' | 'integer', unit?: string, learned?: boolean }} NumberParameter
 * @typedef {{ name: string, label: Label, minimum: number, maximum: number, fallback: boolean, scale: 'toggle', unit?: string, learned?: boolean }} ToggleParameter
 * @typedef {{ name: string, label: Label, minimum: number, maximum: number, fallback: string, scale: 'choice', choices: { id: string, label: Label }[], unit?: string, learned?: boolean }} ChoiceParameter
 * @typedef {NumberParameter | ToggleParameter | ChoiceParameter} Hyperparameter
 */

/**
 * @typedef {{ id: string, label: Label, formula: string, source: string, parameters: Hyperparameter[], [fact: string]: unknown }} CatalogEntry
 */

/**
 * Every table of the engine as data.
 * @typedef {object} Catalog
 * @property {string} version
 * @property {Record<string, number>} limits
 * @property {FilledExperiment} defaults
 * @property {CatalogEntry[]} activations
 * @property {CatalogEntry[]} losses
 * @property {CatalogEntry[]} optimizers
 * @property {CatalogEntry[]} initializers
 * @property {CatalogEntry[]} schedules
 * @property {CatalogEntry[]} features
 * @property {CatalogEntry[]} datasets
 * @property {CatalogEntry[]} samplings
 * @property {CatalogEntry[]} scalings
 * @property {Record<string, FilledExperiment>} [defaultsByDataset] added when the site is built: the defaults of each data set
 */

export {};
