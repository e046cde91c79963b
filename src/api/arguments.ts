import { nearest } from '../model/distance';
import type { Files, FixOptions, FormatOptions, LintOptions, TreeOptions } from './types';

type Names<Options> = Readonly<Record<keyof Options, true>>;

const LINT: Names<Required<LintOptions>> = {
  nginxVersion: true,
  only: true,
  rules: true,
  websocket: true,
  notWebsocket: true,
  hops: true,
  ping: true,
  showSecrets: true,
};
const TREE: Names<Required<TreeOptions>> = { main: true, prefix: true, maps: true, context: true, complete: true };
const FIX: Names<Required<FixOptions>> = { unsafe: true };
const FORMAT: Names<Required<FormatOptions>> = { color: true, quiet: true };

const ON_TEXTS = Object.keys({ ...LINT, ...FIX, ...TREE });
const OF_FORMAT = Object.keys(FORMAT);

/** What `lint`, `fix` and `trace` take; `others`: the options that say what is read. Throws RangeError. */
export function checkOptions(options: object, others?: object): void {
  onlyThese(options, others === undefined ? ON_TEXTS : Object.keys({ ...LINT, ...FIX, ...others }));
}

export function checkFormatOptions(options: object): void {
  onlyThese(options, OF_FORMAT);
}

/** Every function takes the options of all: one object may serve for them. */
function onlyThese(options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null)
    throw new RangeError(`options: an object, not ${kindOf(options)}`);
  const wrong = Object.keys(options).find((name) => !known.includes(name));
  if (wrong === undefined) return;
  const near = nearest(wrong, known, 3);
  throw new RangeError(`unknown option ${JSON.stringify(wrong)}${near === null ? '' : `; did you mean ${near}?`}`);
}

/** A text alone is no tree, and would be taken apart into its characters. */
export function checkFiles(files: unknown): asserts files is Files {
  if (typeof files !== 'object' || files === null || Array.isArray(files)) {
    throw new RangeError(`files: an object or a Map of texts by path, not ${kindOf(files)}`);
  }
  const entries = files instanceof Map ? [...(files as Map<unknown, unknown>)] : Object.entries(files);
  for (const [name, text] of entries) {
    if (typeof name !== 'string' || typeof text !== 'string') {
      throw new RangeError(`files: ${JSON.stringify(name)}: a text, not ${kindOf(text)}`);
    }
  }
}

export function checkPaths(paths: unknown): void {
  const list: unknown = typeof paths === 'string' ? [paths] : paths;
  if (!Array.isArray(list)) throw new RangeError(`paths: a path or a list of them, not ${kindOf(paths)}`);
  const wrong = (list as unknown[]).find((path) => typeof path !== 'string' || path === '');
  if (wrong !== undefined) throw new RangeError(`paths: a path, not ${kindOf(wrong)}`);
}

export function checkUrl(url: unknown): asserts url is string {
  if (typeof url !== 'string') throw new RangeError(`url: a text such as "wss://host/path", not ${kindOf(url)}`);
}

function kindOf(value: unknown): string {
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return 'a list';
  return value === null || value === undefined ? String(value) : `a ${typeof value}`;
}
