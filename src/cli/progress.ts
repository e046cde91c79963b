import type { Workspace } from '../model/workspace';
import type { Io } from './io';

/** Fewer files are done before anybody could read it. */
const MANY = 300;

/** Says what takes its time, on a terminal alone; whatever is written to standard error next wipes it away. */
export function withProgress<Result>(
  io: Io,
  what: string,
  workspaces: readonly Workspace[],
  work: (io: Io) => Result,
): Result {
  const files = workspaces.reduce((sum, workspace) => sum + workspace.files.size, 0);
  if (files < MANY || !io.stderrIsTerminal) return work(io);
  io.stderr(`${what} ${files} files ...`);
  let shown = true;
  const wipe = (): void => {
    if (shown) io.stderr('\r\x1b[K');
    shown = false;
  };
  const stderr = (text: string): void => {
    wipe();
    io.stderr(text);
  };
  try {
    return work(Object.create(io, { stderr: { value: stderr } }) as Io);
  } finally {
    wipe();
  }
}
