import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { NginxVersion } from '../../src/model/version';
import { findBinary, nginxVersion } from './nginx';

export interface NginxBinary {
  readonly path: string;
  readonly version: NginxVersion;
  /** `configure arguments`. */
  readonly built: string;
}

/** What `nginx -t` says of one text: its first `[emerg]`, and the line, null when it names none. */
export interface TextVerdict {
  readonly ok: boolean;
  readonly message: string;
  readonly line: number | null;
}

/** The nginx that the other live tests use, and those that NGINX_BINARIES names (as PATH separates them). */
export function nginxBinaries(): readonly NginxBinary[] {
  const named = (process.env['NGINX_BINARIES'] ?? '').split(delimiter);
  const paths = [findBinary() ?? '', ...named].filter((path) => path !== '');
  return paths.map((path) => {
    const said = spawnSync(path, ['-V'], { encoding: 'utf8', timeout: 10_000 }).stderr;
    return { path, version: nginxVersion(path), built: /configure arguments: (.*)/.exec(said)?.[1] ?? '' };
  });
}

/** `nginx -t` on many texts, a few at a time: a process each, some milliseconds. */
export async function verdicts(binary: NginxBinary, texts: readonly string[]): Promise<readonly TextVerdict[]> {
  const prefix = mkdtempSync(join(tmpdir(), 'nwl-t-'));
  for (const directory of ['temp', 'logs', 'html']) mkdirSync(join(prefix, directory));
  const found: TextVerdict[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < texts.length) {
      const index = next++;
      found[index] = await verdict(binary, prefix, join(prefix, `${index}.conf`), texts[index] ?? '');
    }
  };
  try {
    await Promise.all([worker(), worker(), worker()]);
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
  return found;
}

function verdict(binary: NginxBinary, prefix: string, file: string, text: string): Promise<TextVerdict> {
  writeFileSync(file, text, 'latin1');
  const args = ['-t', '-q', '-p', prefix, '-c', file, '-g', 'pid temp/nginx.pid;'];
  return new Promise((resolve) => {
    execFile(binary.path, args, { timeout: 10_000, encoding: 'latin1' }, (error, _stdout, said) => {
      resolve(readVerdict(error === null, said, file));
    });
  });
}

function readVerdict(ok: boolean, output: string, file: string): TextVerdict {
  const message = /\[emerg\](?: \d+#\d+:)? (.*)$/m.exec(output)?.[1] ?? '';
  const place = message.lastIndexOf(` in ${file}:`);
  if (ok || place < 0) return { ok, message: ok ? '' : message || output, line: null };
  return { ok, message: message.slice(0, place), line: Number(message.slice(place + ` in ${file}:`.length)) };
}
