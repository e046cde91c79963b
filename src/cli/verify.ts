import type { FixOutcome } from '../fix/fixer';
import { findBinary } from '../fs/nginx';
import { testCopy } from '../fs/verify';
import type { Workspace } from '../model/workspace';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** What `nginx -t` says against the fixed trees and did not say before; nothing when it takes them. */
export function verifyOutcomes(
  io: Io,
  before: readonly Workspace[],
  outcomes: readonly FixOutcome[],
): readonly string[] {
  const refusals: string[] = [];
  for (const [index, { workspace, changes }] of outcomes.entries()) {
    const old = before[index];
    if (old === undefined || changes.length === 0) continue;
    if (workspace.main === null) {
      io.stderr('--verify: fragments without their main file cannot be tested\n');
      continue;
    }
    refusals.push(...verifyOne(io, old, workspace));
  }
  return refusals;
}

function verifyOne(io: Io, before: Workspace, after: Workspace): readonly string[] {
  const binary = findBinary(before.prefix);
  if (binary === null) throw new UsageError('--verify needs nginx, and none is installed here; nothing was written');
  const fixed = testCopy(binary, after, io.cwd);
  if (fixed.accepted) {
    io.stderr(`--verify: nginx -t accepts ${after.main ?? ''} as it will be\n`);
    return [];
  }
  const old = testCopy(binary, before, io.cwd);
  if (!old.accepted && withoutLine(old.message) === withoutLine(fixed.message)) {
    io.stderr(`--verify: nginx -t refuses it before and after: ${old.message}\n`);
    return [];
  }
  return [`nginx -t refuses the fixed tree: ${fixed.message}`, 'nothing was written'];
}

function withoutLine(message: string): string {
  return message.replace(/:\d+$/, '');
}
