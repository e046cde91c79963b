import { resolve } from 'node:path';
import type { Workspace } from '../model/workspace';
import { expandArguments } from './arguments';
import { loadPaths } from './assemble';
import { directiveSpec } from '../model/directives';
import { treeOf } from '../syntax/cache';
import { discoverRoot } from './discover';
import type { Located } from './disk';
import { noteOnForeign } from './notes';
import type { LoadOptions } from './options';
import { createSession } from './session';
import type { Session } from './session';
import { loadStandardInput } from './stdin';

/**
 * Reads what the arguments name: a workspace for each main file, and one for all fragments together; never none. `-` is
 * standard input. Never throws for what the paths hold or lack: that is in `Workspace.problems`.
 */
export function load(paths: readonly string[], options: LoadOptions): Workspace[] {
  if (paths.includes('-')) {
    const others = paths.filter((given) => given !== '-');
    return loadStandardInput(others, options);
  }
  const session = createSession(options, new Map(), []);
  const given = expandArguments(session, paths);
  return options.discover === true ? loadAround(session, given) : loadPaths(session, given);
}

/** Files of a commit: each is judged in the tree that includes it, and they alone are reported on. */
function loadAround(session: Session, files: readonly string[]): Workspace[] {
  const roots = new Set<string>();
  const focus = new Set<string>();
  const foreign: string[] = [];
  for (const given of files) {
    const file = resolve(session.cwd, given);
    const located = session.disk.locate(file);
    if (located !== null) focus.add(session.nameOf(located.real));
    const found = located?.kind === 'file' ? discoverRoot(session, file) : [];
    if (found.length === 0 && located !== null && isForeign(session, located))
      foreign.push(session.nameOf(located.real));
    else for (const root of found.length > 0 ? found : [given]) roots.add(root);
  }
  const notes = noteOnForeign(foreign);
  return loadPaths(session, [...roots]).map((workspace, index) => ({
    ...workspace,
    notes: index === 0 ? [...workspace.notes, ...notes] : workspace.notes,
    given: focus,
    focus,
  }));
}

/** Others have a conf.d too: a file that no nginx.conf includes and that holds no directive of nginx's is not its own. */
function isForeign(session: Session, located: Located): boolean {
  const source = located.kind === 'file' ? session.read(located) : '';
  if (typeof source === 'string') return false;
  const { directives } = treeOf(source);
  return directives.length > 0 && !directives.some(({ name }) => directiveSpec(name) !== undefined);
}
