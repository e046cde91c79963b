import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { parseVersion } from '../../src/model/version';
import type { NginxVersion } from '../../src/model/version';

/** A configuration tree: path below the conf directory -> byte string (one UTF-16 unit per byte). */
export type Files = ReadonlyMap<string, string>;

/**
 * Lines for the http block of a tree that is run: the compiled-in paths of a distribution's build need root.
 * Relative paths start at the private prefix.
 */
export const PREAMBLE = [
  'access_log off;',
  'client_body_temp_path temp/body;',
  'proxy_temp_path temp/proxy;',
  'fastcgi_temp_path temp/fastcgi;',
  'uwsgi_temp_path temp/uwsgi;',
  'scgi_temp_path temp/scgi;',
];

/** What `nginx -t` says. `file` is relative to the conf directory. */
export interface Verdict {
  readonly ok: boolean;
  /** The first [emerg], without ` in file:line`; empty when accepted. */
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly output: string;
}

/** A running nginx. */
export interface Nginx {
  readonly prefix: string;
  /** What it wrote to the error log so far. */
  log(): string;
  stop(): Promise<void>;
}

/** The configuration is refused, or the process ended before it listened. */
export class NginxRefused extends Error {
  constructor(readonly verdict: Verdict) {
    super(verdict.output);
  }
}

const START_LIMIT_MS = 10_000;

/** The binary: `NGINX`, else the first on PATH or in the usual sbin directories; null when there is none. */
export function findBinary(): string | null {
  const stated = process.env['NGINX'];
  if (stated !== undefined && stated !== '') return stated;
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/local/bin'];
  return places.map((place) => join(place, 'nginx')).find((path) => existsSync(path)) ?? null;
}

export function available(): boolean {
  return findBinary() !== null;
}

/** `describe` for suites that need a real nginx: skipped in one plain line without one, unless REQUIRE_NGINX=1. */
export function describeLive(name: string, suite: () => void): void {
  if (available() || process.env['REQUIRE_NGINX'] === '1') {
    describe(name, suite);
    return;
  }
  process.stderr.write(`skipped: ${name} (no nginx on this machine)\n`);
  describe.skip(name, () => test('needs nginx', () => undefined));
}

function binary(): string {
  const found = findBinary();
  if (found === null) throw new Error('nginx is not installed: set NGINX to a binary, or put it on PATH');
  return found;
}

/** The version of the binary, from `nginx -v`. */
export function nginxVersion(path: string = binary()): NginxVersion {
  const said = spawnSync(path, ['-v'], { encoding: 'utf8' }).stderr;
  const version = parseVersion(/nginx\/(\d+\.\d+\.\d+)/.exec(said)?.[1] ?? '');
  if (version === null) throw new Error(`cannot read a version from: ${said}`);
  return version;
}

/** Writes the tree below a fresh private prefix (`conf/`, empty `html/`, `temp/`) and returns the prefix. */
export function layOut(files: Files): string {
  const prefix = mkdtempSync(join(tmpdir(), 'nwl-'));
  for (const directory of ['conf', 'html', 'logs', 'temp']) mkdirSync(join(prefix, directory));
  for (const [path, text] of files) {
    const target = join(prefix, 'conf', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, 'latin1');
  }
  return prefix;
}

/** `nginx -t` on a tree that is on disk already. `main` is relative to `prefix`. */
export function testAt(prefix: string, main = 'conf/nginx.conf', path: string = binary()): Verdict {
  const result = spawnSync(path, ['-t', '-p', prefix, '-c', main, '-g', 'pid temp/nginx.pid;'], {
    encoding: 'latin1',
    timeout: START_LIMIT_MS,
  });
  return readVerdict(result.status === 0, result.stderr, join(prefix, dirname(main)));
}

/** `nginx -t` on a tree in memory; its main file is `nginx.conf`. */
export function nginxTest(files: Files, path: string = binary()): Verdict {
  const prefix = layOut(files);
  try {
    return testAt(prefix, 'conf/nginx.conf', path);
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
}

function readVerdict(ok: boolean, output: string, conf: string): Verdict {
  const said = /\[emerg\](?: \d+#\d+:)? (.*)$/m.exec(output)?.[1] ?? '';
  const placed = /^(.*) in (\S.*?):(\d+)$/.exec(said);
  if (ok || placed === null) return { ok, message: ok ? '' : said, file: null, line: null, output };
  return { ok, message: placed[1] ?? '', file: relative(conf, placed[2] ?? ''), line: Number(placed[3]), output };
}

/**
 * Runs nginx on the tree, in one process, until `stop`. Resolves when its sockets listen: nginx names its event method
 * right after (ngx_event_module_init follows ngx_open_listening_sockets). Rejects with NginxRefused when it ends first.
 */
export async function startNginx(files: Files, path: string = binary()): Promise<Nginx> {
  const prefix = layOut(files);
  const globals = 'daemon off; master_process off; pid temp/nginx.pid; error_log stderr notice;';
  const child = spawn(path, ['-p', prefix, '-c', 'conf/nginx.conf', '-g', globals], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log = collect(child);
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(prefix, { recursive: true, force: true });
  };
  if (await listens(child, log)) return { prefix, log, stop };
  const verdict = readVerdict(false, log(), join(prefix, 'conf'));
  await stop();
  throw new NginxRefused(verdict);
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

function listens(child: ChildProcess, log: () => string): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), START_LIMIT_MS);
    const settle = (up: boolean): void => {
      clearTimeout(timer);
      resolve(up);
    };
    child.stderr?.on('data', () => {
      if (log().includes('using the "')) settle(true);
    });
    child.once('close', () => settle(false));
    child.once('error', () => settle(false));
  });
}
