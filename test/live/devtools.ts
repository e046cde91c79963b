import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { FLAGS, findChromium } from './chromium';

type Json = Readonly<Record<string, unknown>>;

/** One tab of a headless Chromium, driven over the DevTools protocol. */
export interface Tab {
  send(method: string, parameters?: Json): Promise<Json>;
  /** What the tab reported so far. */
  readonly events: readonly { readonly method: string; readonly params: Json }[];
  /** Resolves with the next event of this name that comes after the call. */
  next(method: string): Promise<Json>;
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

const LIMIT_MS = 30_000;

export async function openTab(): Promise<Tab> {
  const binary = findChromium();
  if (binary === null) throw new Error('Chromium is not installed: set CHROMIUM to a binary, or put it on PATH');
  const profile = mkdtempSync(join(tmpdir(), 'nwl-devtools-'));
  const browser = spawn(binary, [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const end = async (): Promise<void> => {
    await ended(browser);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const socket = await connected(await address(browser));
    return await attached(socket, end);
  } catch (error) {
    await end();
    throw error;
  }
}

function address(browser: ChildProcess): Promise<string> {
  return within(
    new Promise((resolve, reject) => {
      let said = '';
      browser.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const match = /DevTools listening on (ws:\S+)/.exec(said);
        if (match?.[1] !== undefined) resolve(match[1]);
      });
      browser.once('error', reject);
      browser.once('exit', (code) => reject(new Error(`Chromium ended with ${code}`)));
    }),
  );
}

function connected(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { maxPayload: 256 * 1024 * 1024 });
  return within(
    new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    }),
  );
}

function within<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('Chromium did not answer in time')), LIMIT_MS).unref();
  });
  return Promise.race([promise, late]);
}

/** The browser and its helpers are a process group of their own. */
function ended(browser: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (browser.pid === undefined || browser.exitCode !== null) return resolve();
    browser.once('close', () => resolve());
    process.kill(-browser.pid, 'SIGKILL');
  });
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: { readonly message: string };
}

async function attached(socket: WebSocket, end: () => Promise<void>): Promise<Tab> {
  const waiting = new Map<number, { resolve(result: Json): void; reject(error: Error): void }>();
  const events: { method: string; params: Json }[] = [];
  const listeners: { method: string; resolve(params: Json): void }[] = [];
  let sent = 0;
  socket.on('message', (data: Buffer) => {
    const { id, method, params = {}, result = {}, error } = JSON.parse(data.toString()) as Message;
    if (id !== undefined) {
      if (error === undefined) waiting.get(id)?.resolve(result);
      else waiting.get(id)?.reject(new Error(error.message));
    } else if (method !== undefined) {
      events.push({ method, params });
      for (const listener of listeners.splice(0)) {
        if (listener.method === method) listener.resolve(params);
        else listeners.push(listener);
      }
    }
  });
  const call = (method: string, params: Json, sessionId?: string): Promise<Json> => {
    sent += 1;
    const id = sent;
    socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    return within(new Promise((resolve, reject) => waiting.set(id, { resolve, reject })));
  };
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params: Json = {}): Promise<Json> => call(method, params, String(sessionId));
  for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await send(`${domain}.enable`);
  return {
    send,
    events,
    next: (method) => within(new Promise((resolve) => listeners.push({ method, resolve }))),
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { readonly value?: unknown }).value;
    },
    close: async () => {
      socket.close();
      await end();
    },
  };
}
