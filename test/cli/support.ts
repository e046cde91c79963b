import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Io } from '../../src/cli/io';
import { run } from '../../src/cli/run';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface World {
  readonly stdin?: string;
  /** Standard input that is no text. */
  readonly bytes?: Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
}

type Visit = World & { readonly cwd?: string };

interface Said {
  out: string;
  err: string;
}

/** A directory with files, to run the program in without starting a process. */
export interface Place {
  readonly root: string;
  /** With the working directory at the root, or below it. */
  run(argv: readonly string[], world?: Visit): Ran;
  runAsync(argv: readonly string[], world?: Visit): Promise<Ran>;
  read(name: string): string;
  write(name: string, text: string): void;
}

const roots: string[] = [];

afterAll(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

export function place(files: Readonly<Record<string, string>> = {}): Place {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'nginx-ws-lint-cli-')));
  roots.push(root);
  const write = (name: string, text: string): void => {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const start = (argv: readonly string[], world: Visit): { said: Said; status: number | Promise<number> } => {
    const said: Said = { out: '', err: '' };
    return { said, status: run(argv, fakeIo(path.join(root, world.cwd ?? ''), world, said)) };
  };
  return {
    root,
    write,
    read: (name) => readFileSync(path.join(root, name), 'utf8'),
    run: (argv, world = {}) => {
      const { said, status } = start(argv, world);
      if (typeof status !== 'number') throw new Error('the command did not end at once');
      return { ...said, status };
    },
    runAsync: async (argv, world = {}) => {
      const { said, status } = start(argv, world);
      const code = await status;
      return { ...said, status: code };
    },
  };
}

/** Runs in a directory that is there. */
export function runIn(cwd: string, argv: readonly string[], world: World = {}): Ran {
  const said: Said = { out: '', err: '' };
  const status = run(argv, fakeIo(cwd, world, said));
  if (typeof status !== 'number') throw new Error('the command did not end at once');
  return { ...said, status };
}

function fakeIo(cwd: string, world: World, said: Said): Io {
  return {
    cwd,
    env: world.env ?? {},
    stdoutIsTerminal: world.terminal ?? false,
    stderrIsTerminal: world.terminal ?? false,
    columns: world.terminal === true ? 80 : null,
    stdin: () => world.bytes ?? Buffer.from(world.stdin ?? ''),
    stdinStream: () => Readable.from([Buffer.from(world.stdin ?? '')]),
    stdout: (text) => (said.out += typeof text === 'string' ? text : Buffer.from(text).toString('utf8')),
    stderr: (text) => (said.err += text),
    holdSignals: () => undefined,
  };
}

/** A whole configuration around a location's body. */
export function configuration(body: string, location = '/ws'): string {
  return `events {}
http {
    map $http_upgrade $connection_upgrade {
        default upgrade;
        ''      close;
    }
    server {
        listen 8080;
        server_name example.com;
        location ${location} {
${body
  .split('\n')
  .map((line) => `            ${line}`)
  .join('\n')}
        }
    }
}
`;
}

/** The handshake switches, and stays open. */
export const GOOD = configuration(`proxy_pass http://127.0.0.1:3000;
proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;
proxy_set_header Host $http_host;
proxy_set_header X-Real-IP $remote_addr;
proxy_read_timeout 3600s;`);

/** One error that a safe fix repairs. */
export const OLD_HTTP = GOOD.replace('            proxy_http_version 1.1;\n', '');

/** One warning, no error. */
export const SHORT_TIMEOUT = GOOD.replace('proxy_read_timeout 3600s', 'proxy_read_timeout 60s');

/** Proxies nothing. */
export const STATIC = 'events {}\nhttp { server { listen 8080; location / { return 204; } } }\n';
