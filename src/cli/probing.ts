import { parseHeaderOption } from '../probe/handshake';
import type { HeaderLine, HopTarget, ProbeOptions } from '../probe/types';
import { parseWsUrl } from '../probe/url';
import type { Invocation } from './invocation';
import type { Io } from './io';
import { UsageError } from './usage-error';

const DEFAULT_TIMEOUT_S = 10;
/** Subprotocols are tokens (RFC 6455 4.1). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The probe that `probe` and `doctor` are asked for. Throws UsageError. */
export function probeOptions(call: Invocation, io: Io): ProbeOptions {
  const subprotocols = call.list('subprotocol').flatMap((text) => text.split(',').map((name) => name.trim()));
  for (const name of subprotocols) {
    if (!TOKEN.test(name)) throw new UsageError(`--subprotocol ${JSON.stringify(name)} is not a token`);
  }
  const origin = call.value('origin');
  if (origin !== null && /[\p{Cc}]/u.test(origin)) throw new UsageError('--origin holds a control character');
  const ping = call.number('ping');
  if (ping !== null && ping <= 0) throw new UsageError('--ping takes more than 0 seconds');
  const timeout = call.number('timeout') ?? DEFAULT_TIMEOUT_S;
  if (timeout <= 0) throw new UsageError('--timeout takes more than 0 seconds');
  return {
    hops: hopsOf(call),
    headers: call.list('header').map(headerOf),
    origin: origin === 'none' ? '' : origin,
    subprotocols,
    send: call.value('send'),
    holdMs: (call.number('hold') ?? 0) * 1000,
    pingMs: ping === null ? null : ping * 1000,
    insecure: call.flag('insecure'),
    timeoutMs: timeout * 1000,
    ...(io.stderrIsTerminal ? { progress: (message: string) => io.stderr(`\r\x1b[K${message}`) } : {}),
  };
}

/** Wipes the line that the progress stood on. */
export function endProgress(io: Io): void {
  if (io.stderrIsTerminal) io.stderr('\r\x1b[K');
}

function hopsOf(call: Invocation): readonly HopTarget[] {
  const [url, ...more] = call.operands;
  if (url === undefined) throw new UsageError(`${call.command} takes a URL: ws://host/path or wss://host/path`);
  if (more.length > 0)
    throw new UsageError(`${call.command} takes one URL; others go with --via NAME=URL and --direct URL`);
  const direct = call.value('direct');
  const hops = [hop('front', url), ...call.list('via').map(via), ...(direct === null ? [] : [hop('direct', direct)])];
  const names = hops.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`two hops are called ${twice}: give --via another name`);
  return hops;
}

function via(text: string): HopTarget {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(0, at));
  if (!/^[\w.-]{1,40}$/.test(name))
    throw new UsageError(`--via ${JSON.stringify(text)}: write it as NAME=ws://host/path`);
  return hop(name, text.slice(at + 1));
}

function hop(name: string, text: string): HopTarget {
  const url = parseWsUrl(text);
  if ('error' in url) throw new UsageError(url.error);
  return { name, url };
}

function headerOf(text: string): HeaderLine {
  const header = parseHeaderOption(text);
  if ('error' in header) throw new UsageError(header.error);
  return header;
}
