import { parseWsUrl } from '../../src/probe/url';
import { probe } from '../../src/probe/probe';
import type { HopReport, ProbeOptions, ProbeReport, WsUrl } from '../../src/probe/types';

export function wsUrl(text: string): WsUrl {
  const url = parseWsUrl(text);
  if ('error' in url) throw new Error(url.error);
  return url;
}

/** Probes hops given as name -> URL, the front first, with short limits. */
export function run(hops: Readonly<Record<string, string>>, options: Partial<ProbeOptions> = {}): Promise<ProbeReport> {
  return probe({
    hops: Object.entries(hops).map(([name, url]) => ({ name, url: wsUrl(url) })),
    headers: [],
    origin: null,
    subprotocols: [],
    send: null,
    holdMs: 0,
    pingMs: null,
    insecure: false,
    timeoutMs: 2000,
    ...options,
  });
}

export async function front(url: string, options: Partial<ProbeOptions> = {}): Promise<HopReport> {
  const [hop] = (await run({ front: url }, options)).hops;
  if (hop === undefined) throw new Error('no hop');
  return hop;
}
