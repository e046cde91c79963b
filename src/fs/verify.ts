import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Workspace } from '../model/workspace';
import { treeOf } from '../syntax/cache';
import type { Directive } from '../syntax/nodes';
import { applyEdits } from '../text/edit';
import type { Edit } from '../text/edit';
import type { Source } from '../text/source';
import { encode } from './decode';
import { pathOf } from './names';

/** What `nginx -t` says of a private copy. */
export type Tested = { readonly accepted: true } | { readonly accepted: false; readonly message: string };

const TIMEOUT = 60_000;
/** In the copy, what the main file includes. */
const PARTS = '.nginx-ws-lint';

/**
 * Runs `nginx -t` on a copy of a main file's tree. Includes name the copies; what else the main file names relatively
 * (certificates, password files) is reached by links to where it is.
 */
export function testCopy(binary: string, workspace: Workspace, cwd: string): Tested {
  const copy = mkdtempSync(join(tmpdir(), 'nginx-ws-lint-'));
  try {
    const names = copyTree(workspace, cwd, copy);
    const { status, stderr, error } = spawnSync(binary, ['-t', '-c', join(copy, 'nginx.conf')], {
      encoding: 'utf8',
      timeout: TIMEOUT,
      cwd: copy,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (error !== undefined) return { accepted: false, message: `nginx -t did not run: ${error.message}` };
    return status === 0 ? { accepted: true } : { accepted: false, message: complaint(stderr, names) };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Copies by the path of the copy: the name in reports. */
function copyTree(workspace: Workspace, cwd: string, copy: string): ReadonlyMap<string, string> {
  const { main, files } = workspace;
  const original = dirname(pathOf(main ?? '', cwd));
  mkdirSync(join(copy, PARTS));
  for (const entry of readdirSync(original)) {
    if (entry !== 'nginx.conf' && entry !== PARTS) symlinkSync(join(original, entry), join(copy, entry));
  }
  const copies = new Map<string, string>();
  for (const name of files.keys()) {
    copies.set(name, name === main ? join(copy, 'nginx.conf') : join(copy, PARTS, `${copies.size}.conf`));
  }
  for (const [name, source] of files) {
    const bytes = encode(withCopies(source, workspace, copies), source.encoding);
    if (bytes !== null) writeFileSync(copies.get(name) ?? '', bytes, { mode: 0o600 });
  }
  return new Map([...copies].map(([name, file]) => [file, name]));
}

/** The text with each include that was read replaced by the copies it names. */
function withCopies(source: Source, { includes }: Workspace, copies: ReadonlyMap<string, string>): string {
  const edits: Edit[] = [];
  const open: (readonly Directive[])[] = [treeOf(source).directives];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    for (const { name, args, start, end, block } of level) {
      if (block !== null) open.push(block.directives);
      const target = name === 'include' ? includes.get(args[0] ?? '') : undefined;
      if (target?.kind !== 'files' || !target.files.every((file) => copies.has(file))) continue;
      edits.push({ start, end, text: target.files.map((file) => `include "${copies.get(file)}";`).join(' ') });
    }
  }
  return applyEdits(source.text, edits);
}

/** `nginx: [emerg] `, or what stands in an error log that is standard error. */
const DECORATION = /^(?:nginx: |\d{4}\/\d\d\/\d\d [\d:]{8} )\[emerg\] (?:\d+#\d+: )?/;

/** nginx's last word, with the names of the tree rather than of its copy. */
function complaint(stderr: string, names: ReadonlyMap<string, string>): string {
  const lines = stderr.split('\n').filter((line) => line.includes('[emerg]'));
  let message = (lines[0] ?? stderr.split('\n')[0] ?? '').replace(DECORATION, '[emerg] ');
  for (const [file, name] of names) message = message.replaceAll(file, name);
  return message;
}
