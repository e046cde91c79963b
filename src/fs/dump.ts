/** One file of `nginx -T`: its path as nginx has it. */
export interface DumpedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

const HEADER = /^# configuration file (.+):\r?$/;
/** What nginx writes to stderr, which `2>&1` mixes in; no directive is called `nginx:`. */
const STDERR =
  /^nginx: (?:the configuration file |configuration file |\[(?:emerg|alert|crit|error|warn|notice|info|debug)\] )/;
const LOG = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(?:emerg|alert|crit|error|warn|notice|info|debug)\] \d+#\d+: /;

/**
 * The files of `nginx -T` output; null when the text is none: something other than nginx's messages comes before the
 * first header. nginx writes `# configuration file PATH:`, the bytes, and a line feed (src/core/nginx.c); a file that
 * is included twice comes once.
 */
export function splitDump(bytes: Buffer): DumpedFile[] | null {
  const files = new Map<string, string[]>();
  let lines: string[] | null = null;
  let relative: string | null = null;
  for (const line of bytes.toString('latin1').split('\n')) {
    const path = HEADER.exec(line)?.[1];
    if (path !== undefined && isPath(path, relative)) {
      relative ??= isAbsolute(path) ? '' : path.slice(0, path.indexOf('/') + 1);
      lines = [];
      if (!files.has(path)) files.set(path, lines);
    } else if (STDERR.test(line) || LOG.test(line)) continue;
    else if (lines !== null) lines.push(line);
    else if (line.trim() !== '') return null;
  }
  if (lines === null) return null;
  if (lines.at(-1) === '') lines.pop(); // the line feed that nginx adds; between files the header's line takes it up
  return [...files].map(([path, content]) => ({
    path: decoded(path),
    bytes: Buffer.from(content.join('\n'), 'latin1'),
  }));
}

/** Why standard input holds no configuration: it is blank, or nginx says there why it prints none. */
export function noConfiguration(bytes: Buffer): string | null {
  const lines = bytes.toString('utf8').split(/\r?\n/);
  const said = lines.filter((line) => line.trim() !== '');
  if (said.length === 0) return 'nothing on standard input: did nginx -T fail?';
  if (!said.every((line) => STDERR.test(line) || LOG.test(line))) return null;
  const reason = said.find((line) => line.includes('[emerg]')) ?? said.find((line) => line.endsWith('test failed'));
  if (reason === undefined) return 'no configuration on standard input: nginx -T prints it, nginx -t does not';
  return `nginx -T failed: ${reason.replace(LOG, '').replace(/^nginx: (?:\[emerg\] )?/, '')}`;
}

/** A comment of a file may read like a header: its path is absolute, or starts as the main file's (`nginx -p .`). */
function isPath(path: string, relative: string | null): boolean {
  if (isAbsolute(path) || relative === null) return true;
  return relative !== '' && path.startsWith(relative);
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}

function decoded(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
