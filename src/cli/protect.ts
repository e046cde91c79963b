import { realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { pathOf } from '../fs/names';
import type { Workspace } from '../model/workspace';
import { baselinePath } from './baseline-file';
import type { Config } from './config';
import type { Invocation } from './invocation';
import { resolveIn } from './io';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** A file that an option names to be written. */
interface Target {
  readonly file: string;
  readonly option: string;
}

/** Refuses to write over configuration that was read. */
export function protectTrees(call: Invocation, io: Io, workspaces: readonly Workspace[], config: Config): void {
  const read = (): string[] => [...workspaces.flatMap(({ files }) => [...files.keys()]), ...config.files];
  protect(call, io, read, baselinePath(call, config));
}

/** Refuses to write over what was read (names as in reports), whatever name or link leads there. Comes before any writing. */
export function protect(call: Invocation, io: Io, read: () => Iterable<string>, baseline: string | null = null): void {
  const targets = targetsOf(call, baseline);
  if (targets.length === 0) return;
  const cwd = realpathSync.native(io.cwd);
  const paths = new Set([...read()].map((name) => pathOf(name, cwd)));
  for (const { file, option } of targets) {
    const path = resolveIn(io, file);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) continue;
    if (paths.has(realpathSync.native(path)) || hasLinkTo(stats, paths)) {
      throw new UsageError(`${option} would overwrite ${file}, which was read; nothing was written`);
    }
  }
}

function targetsOf(call: Invocation, baseline: string | null): readonly Target[] {
  const named = ['output', 'patch'].map((name) => ({
    file: call.given(name) ? call.value(name) : null,
    option: `--${name}`,
  }));
  const formats = call.list('format').map((word) => ({ file: word.split(':').slice(1).join(':'), option: '--format' }));
  const writes = ['write-baseline', 'prune-baseline'].find((name) => call.flag(name));
  const kept = writes === undefined ? [] : [{ file: baseline, option: `--${writes}` }];
  return [...named, ...formats, ...kept].flatMap(({ file, option }) => (file ? [{ file, option }] : []));
}

/** Only a file with a second name can be one of them by another. */
function hasLinkTo({ nlink, ino, dev }: Stats, paths: ReadonlySet<string>): boolean {
  if (nlink < 2) return false;
  return [...paths].some((path) => {
    const other = statSync(path, { throwIfNoEntry: false });
    return other?.ino === ino && other.dev === dev;
  });
}
