import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

const CALLS = {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
};

/** The calls by which files are written, so that tests can make each of them fail. */
export type System = typeof CALLS & {
  readonly realpathSync: (path: string) => string;
};

export const nodeSystem: System = { ...CALLS, realpathSync: (path) => realpathSync.native(path) };
