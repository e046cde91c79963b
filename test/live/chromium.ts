import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What a page's WebSocket came to: `open` when it was still open, and had echoed, after a moment. */
export type InPage = 'open' | 'failed' | 'closed';

const LIMIT_MS = 30_000;

export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--no-default-browser-check',
  // A proxy of the machine's own settings has no part in this.
  '--no-proxy-server',
];

/** `CHROMIUM`, else the first of the usual names on PATH; null when there is none. */
export function findChromium(): string | null {
  const stated = process.env['CHROMIUM'];
  if (stated !== undefined && stated !== '') return stated;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = (process.env['PATH'] ?? '').split(delimiter);
  return places.flatMap((place) => names.map((name) => join(place, name))).find((path) => existsSync(path)) ?? null;
}

/** `describe` for suites that need a browser: skipped in one plain line without one, unless REQUIRE_CHROMIUM=1. */
export function describeChromium(name: string, suite: () => void): void {
  if (findChromium() !== null || process.env['REQUIRE_CHROMIUM'] === '1') {
    describe(name, suite);
    return;
  }
  process.stderr.write(`skipped: ${name} (no Chromium on this machine)\n`);
  describe.skip(name, () => test('needs Chromium', () => undefined));
}

/** Opens every URL from a page in headless Chromium, as `new WebSocket(url)`, and says what became of each. */
export async function openInPage(urls: readonly string[]): Promise<readonly InPage[]> {
  return (await reportOfPage(page(urls))) as readonly InPage[];
}

export interface Asset {
  readonly type: string;
  readonly body: string | Buffer;
}

/** What a page in headless Chromium POSTs to `/`, as JSON. Assets lie beside it, by their path: `/core.mjs`. */
export async function reportOfPage(html: string, assets: ReadonlyMap<string, Asset> = new Map()): Promise<unknown> {
  const binary = findChromium();
  if (binary === null) throw new Error('Chromium is not installed: set CHROMIUM to a binary, or put it on PATH');
  const profile = mkdtempSync(join(tmpdir(), 'nwl-chromium-'));
  const served = await servePage(html, assets);
  const browser = spawn(binary, [...FLAGS, `--user-data-dir=${profile}`, served.url], {
    stdio: 'ignore',
    detached: true,
  });
  try {
    return await Promise.race([served.report, failure(browser)]);
  } finally {
    await end(browser);
    await served.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function failure(browser: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error('the page did not report in time')), LIMIT_MS);
    timer.unref();
    browser.once('error', reject);
    browser.once('exit', (code) => reject(new Error(`Chromium ended with ${code}`)));
  });
}

/** The browser and its helpers are a process group of their own. */
function end(browser: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (browser.pid === undefined || browser.exitCode !== null) return resolve();
    browser.once('close', () => resolve());
    process.kill(-browser.pid, 'SIGKILL');
  });
}

interface Served {
  readonly url: string;
  readonly report: Promise<unknown>;
  close(): Promise<void>;
}

function servePage(html: string, assets: ReadonlyMap<string, Asset>): Promise<Served> {
  let take: (report: unknown) => void = () => undefined;
  const report = new Promise<unknown>((resolve) => (take = resolve));
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      const { type, body } = assets.get(request.url ?? '/') ?? { type: 'text/html; charset=utf-8', body: html };
      response.writeHead(200, { 'Content-Type': type }).end(body);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      take(JSON.parse(Buffer.concat(chunks).toString()));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const close = (): Promise<void> => {
        server.closeAllConnections();
        return new Promise((done) => void server.close(() => done()));
      };
      resolve({ url, report, close });
    });
  });
}

/** Chromium opens one handshake to a host at a time, and waits after failures: each has seconds, most take none. */
function page(urls: readonly string[]): string {
  return `<!doctype html><script>
const open = (url) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  let result = 'failed';
  socket.onopen = () => { result = 'closed'; socket.send('hello'); };
  socket.onmessage = () => { result = 'open'; socket.onclose = null; resolve(result); socket.close(); };
  socket.onclose = () => resolve(result);
  setTimeout(() => resolve(result), 8000);
});
Promise.all(${JSON.stringify(urls).replace(/</g, '\\u003c')}.map(open))
  .then((results) => fetch('/', { method: 'POST', body: JSON.stringify(results) }));
</script>`;
}
