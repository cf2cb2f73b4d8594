/** A lab's experiment as a file and as a link: saved, opened, copied, dropped on it. */
import { EngineError } from '../engine/errors.js';
import { decodeFile, encodeFile } from '../state/file.js';
import { filesTranslator } from '../text/files.js';
import { copyText, saveFile } from './take-away/save.js';
import { issueIn } from './issue-text.js';

/** @import { LabElement } from './lab-element.js' */

/** A lab, and what it does with files of its own kind: true for one that it takes. @typedef {LabElement & { takeFile?: (file: File) => Promise<boolean> }} FileLab */

/** Nothing that a page holds is larger; a file beyond is not even read. */
const LARGEST_FILE = 128 * 1024 * 1024;

/**
 * The address of what is seen goes to the clipboard.
 * @param {FileLab} lab
 * @returns {Promise<string>} what came of it, in the reader's language
 */
export async function copyLink(lab) {
  const t = filesTranslator(lab.language);
  try {
    const link = new URL(`#${lab.link()}`, location.href).href;
    return (await copyText(link)) ? t('link.copied') : t('link.forbidden', { link });
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { path, message } = thrown;
    return issueIn(lab.language, message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message);
  }
}

/**
 * Everything goes to a file: the experiment, own points in full, and where training stands.
 * @param {FileLab} lab
 * @returns {Promise<string>}
 */
export async function saveExperiment(lab) {
  const { experiment } = lab;
  const snapshot = await lab.run?.call('snapshot');
  const name = `mlp-${experiment.data?.id ?? 'experiment'}.json`;
  saveFile(name, 'application/json', encodeFile({ experiment, snapshot, own: lab.own }));
  return filesTranslator(lab.language)('file.saved', { name });
}

/**
 * A file takes the place of what is there, if it can; what is wrong with it is shown, and everything stays. A lab may
 * take files of its own kind instead.
 * @param {FileLab} lab
 * @param {File} file
 * @returns {Promise<string>}
 */
export async function openFile(lab, file) {
  const t = filesTranslator(lab.language);
  try {
    if (await lab.takeFile?.(file)) return '';
    if (file.size > LARGEST_FILE) {
      const path = file.name;
      throw new EngineError('bad-file', `expected a file of at most ${LARGEST_FILE} characters, got ${file.size}`, { path });
    }
    const { experiment, ...state } = decodeFile(await file.text());
    return (await lab.openExperiment(experiment, state)) ? t('file.opened', { name: file.name }) : t('file.kept');
  } catch (thrown) {
    lab.showError(thrown);
    return t('file.kept');
  }
}
