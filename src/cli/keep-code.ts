import { lstatSync, mkdirSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Code } from './code-cache';
import { isOwn } from './own-file';

/** Files of other versions that stay; each is about two megabytes. */
const OTHERS = 3;

/** Keeps compiled code for the next time, twice over (see code-cache), with all that has run by now. `after`: the status. */
export function keepCode({ file, script }: Code, after: number): void {
  const directory = dirname(file);
  const made = join(directory, `.${process.pid}.tmp`);
  try {
    for (const each of [dirname(directory), directory]) makeDirectory(each);
    if (!isOwn(lstatSync(directory))) return;
    const code = script.createCachedData();
    writeFileSync(made, Buffer.concat([code, code, Buffer.of(after)]), { flag: 'wx', mode: 0o600 });
    renameSync(made, file);
    forgetOldest(directory);
  } catch {
    remove(made); // nothing is lost but time
  }
}

/** Not those above it: without a home there is no cache. */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // it was not there
  }
}

function forgetOldest(directory: string): void {
  const files = readdirSync(directory).map((name) => join(directory, name));
  const byAge = files.map((file) => ({ file, age: lstatSync(file).mtimeMs })).sort((a, b) => b.age - a.age);
  for (const { file } of byAge.slice(OTHERS + 1)) remove(file);
}
