import { load } from '../../fs/load';
import type { Workspace } from '../../model/workspace';
import { treeOf } from '../../syntax/cache';
import { crossplanePayload } from '../../syntax/crossplane';
import type { CrossplanePayload } from '../../syntax/crossplane';
import { plural } from '../../report/counts';
import { rules } from '../../../rules';
import { readConfig } from '../config-file';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { outputsOf, writeOutput } from '../outputs';
import { reportProblems } from '../problems';
import { protectTrees } from '../protect';
import { settingsOf } from '../settings';

/** The tree as crossplane prints it; 1 on a syntax error. */
export function astCommand(call: Invocation, io: Io): number {
  const outputs = outputsOf(call, 'json');
  const settings = settingsOf(call, readConfig(call, io, rules), rules, io);
  const workspaces = load(settings.paths, settings.load);
  protectTrees(call, io, workspaces, settings.config);
  const payload = joined(workspaces);
  reportProblems(io, workspaces, call.operands);
  const left = workspaces.reduce((sum, { outside }) => sum + (outside?.size ?? 0), 0);
  if (left > 0) io.stderr(`${plural(left, 'file')} outside the given paths left out (--allow PATH includes them)\n`);
  for (const output of outputs) writeOutput(io, output, `${JSON.stringify(payload)}\n`, 'stdout');
  if (workspaces.some(({ problems }) => problems.length > 0)) return 2;
  return payload.status === 'ok' ? 0 : 1;
}

/** Several roots one after the other; includes count files from the first. */
function joined(workspaces: readonly Workspace[]): CrossplanePayload {
  let offset = 0;
  const payloads = workspaces.map((workspace) => {
    const payload = payloadOf(workspace, offset);
    offset += payload.config.length;
    return payload;
  });
  return {
    status: payloads.every(({ status }) => status === 'ok') ? 'ok' : 'failed',
    errors: payloads.flatMap(({ errors }) => errors),
    config: payloads.flatMap(({ config }) => config),
  };
}

/** Files that a live tree leads to, outside of what was given, need not even be configuration: they are left out. */
function payloadOf({ files: read, includes, outside }: Workspace, offset: number): CrossplanePayload {
  const files = new Map([...read].filter(([file]) => outside?.has(file) !== true));
  const numbers = new Map([...files.keys()].map((file, index) => [file, offset + index]));
  return crossplanePayload([...files.values()].map(treeOf), {
    comments: true,
    includesOf: (pattern) => {
      const target = includes.get(pattern);
      return target?.kind === 'files' ? target.files.flatMap((file) => numbers.get(file) ?? []) : [];
    },
  });
}
