import fs from 'node:fs';

/** The calls by which files are written, so that tests can make each of them fail. */
export type System = Pick<
  typeof fs,
  | 'closeSync'
  | 'fchmodSync'
  | 'fchownSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'linkSync'
  | 'lstatSync'
  | 'openSync'
  | 'readSync'
  | 'renameSync'
  | 'unlinkSync'
  | 'writeSync'
> & {
  readonly realpathSync: (path: string) => string;
};

export const nodeSystem: System = { ...fs, realpathSync: (path) => fs.realpathSync.native(path) };
