import { readFileSync } from 'node:fs';
import { describe } from '../fs/read';
import type { BaselineEntry } from '../lint/baseline';
import type { Config } from './config';
import type { Invocation } from './invocation';
import { resolveIn } from './io';
import type { Io } from './io';
import { writeFile } from './outputs';
import { UsageError } from './usage-error';

export const DEFAULT_BASELINE = '.nginx-ws-lint-baseline.json';

/** The baseline file in use: --baseline, the configuration's, or the default for --write- and --prune-baseline. */
export function baselinePath(call: Invocation, config: Config): string | null {
  const named = call.value('baseline') ?? config.baseline;
  const wanted = call.flag('write-baseline') || call.flag('prune-baseline');
  return named ?? (wanted ? DEFAULT_BASELINE : null);
}

/** Throws UsageError when the file is no baseline. */
export function readBaseline(io: Io, file: string): readonly BaselineEntry[] {
  let text: string;
  try {
    text = readFileSync(resolveIn(io, file), 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read the baseline ${file}: ${describe(error)}`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new UsageError(`the baseline ${file} is not valid JSON; --write-baseline makes it anew`);
  }
  const entries = (data as { entries?: unknown } | null)?.entries;
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    throw new UsageError(`${file} is no baseline of this tool; --write-baseline makes it anew`);
  }
  return entries;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { rule, path, line, file, count } = value as Record<string, unknown>;
  const words = [rule, path, line, file].every((word) => typeof word === 'string');
  return words && Number.isSafeInteger(count) && (count as number) > 0;
}

export function writeBaseline(io: Io, file: string, entries: readonly BaselineEntry[]): void {
  writeFile(io, file, `${JSON.stringify({ schemaVersion: 1, entries }, null, 2)}\n`);
}
