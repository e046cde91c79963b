import type { Setting } from '../model/scope';
import { isFilled, isKnown } from '../model/value';
import type { Value } from '../model/value';
import { settingHere, settingsHere } from './flags';
import { headerValue } from './request-values';
import { fault } from './run';
import type { Run } from './run';
import type { Fault, UpstreamHeader, UpstreamRequest } from './types';
import { linesOf } from './upstream-request';

/** What the strict backend says: its reasons to refuse, and what could not be known about the request. */
export interface Verdict {
  readonly faults: readonly Fault[];
  readonly unknowns: readonly string[];
}

/** The strict backend of RFC 6455 4.2.1: judges the request that reaches it, and says everything that is wrong. */
export function judge(run: Run, request: UpstreamRequest): Verdict {
  const faults: Fault[] = [];
  const unknowns: string[] = [];
  checkVersion(run, request, faults);
  checkMethod(run, request, faults, unknowns);
  checkUpgrade(run, linesOf(request, 'upgrade'), faults, unknowns);
  checkConnection(run, linesOf(request, 'connection'), faults, unknowns);
  checkHost(run, linesOf(request, 'host'), faults, unknowns);
  checkKey(run, linesOf(request, 'sec-websocket-key'), faults, unknowns);
  checkWebSocketVersion(run, linesOf(request, 'sec-websocket-version'), faults, unknowns);
  return { faults, unknowns };
}

function checkVersion(run: Run, { httpVersion }: UpstreamRequest, faults: Fault[]): void {
  if (httpVersion === '1.1') return;
  const setting = settingHere(run, 'proxy_http_version');
  faults.push(fault('http-version', setting, `HTTP/${httpVersion}`));
}

function checkMethod(run: Run, { method }: UpstreamRequest, faults: Fault[], unknowns: string[]): void {
  if (!isKnown(method)) unknowns.push(method.unknown);
  else if (method !== 'GET') faults.push(fault('method', settingHere(run, 'proxy_method'), method));
}

function checkUpgrade(run: Run, lines: readonly UpstreamHeader[], faults: Fault[], unknowns: string[]): void {
  if (lines.length === 0) faults.push(fault('upgrade-missing', emptied(run, 'upgrade'), 'no Upgrade'));
  const sent = lines.filter(({ value }) => isFilled(value));
  if (sent.length > 1)
    faults.push(fault('upgrade-twice', sent.at(-1)?.setting ?? null, `Upgrade ${sent.length} times`));
  for (const { value, setting } of lines) {
    if (!isKnown(value)) unknowns.push(`Upgrade: ${value.unknown}`);
    else if (value.trim().toLowerCase() !== 'websocket')
      faults.push(fault('upgrade-wrong', setting, `Upgrade: ${value}`));
  }
}

function checkConnection(run: Run, lines: readonly UpstreamHeader[], faults: Fault[], unknowns: string[]): void {
  if (lines.length === 0) faults.push(fault('connection-missing', emptied(run, 'connection'), 'no Connection'));
  const own = lines.some(({ setting }) => setting !== null);
  if (lines.length > 0 && !own) {
    // nginx's own `close`, which it sends below 1.29.7 when nothing sets the header.
    faults.push(fault('connection-missing', null, 'Connection: close, by default'));
    return;
  }
  const closing = lines.find(({ value }) => tokens(value).includes('close'));
  if (closing !== undefined) faults.push(connectionFault('connection-close', closing));
  for (const { value } of lines) if (!isKnown(value)) unknowns.push(`Connection: ${value.unknown}`);
  const known = lines.every(({ value }) => isKnown(value));
  if (!known || lines.some(({ value }) => tokens(value).includes('upgrade'))) return;
  for (const line of lines) if (line !== closing) faults.push(connectionFault('connection-wrong', line));
}

function connectionFault(kind: 'connection-close' | 'connection-wrong', line: UpstreamHeader): Fault {
  return fault(kind, line.setting, `Connection: ${isKnown(line.value) ? line.value : ''}`);
}

function tokens(value: Value): readonly string[] {
  return isKnown(value) ? value.split(',').map((token) => token.trim().toLowerCase()) : [];
}

function checkHost(run: Run, lines: readonly UpstreamHeader[], faults: Fault[], unknowns: string[]): void {
  if (lines.length === 0) faults.push(fault('host-missing', emptied(run, 'host'), 'no Host'));
  const sent = lines.filter(({ value }) => isFilled(value));
  if (sent.length > 1) faults.push(fault('host-twice', sent.at(-1)?.setting ?? null, `Host ${sent.length} times`));
  for (const { value } of lines) if (!isFilled(value) && !isKnown(value)) unknowns.push(`Host: ${value.unknown}`);
}

/** Exactly one, 16 bytes in base64, and the client's own: the answer must go with it. */
function checkKey(run: Run, lines: readonly UpstreamHeader[], faults: Fault[], unknowns: string[]): void {
  const value = lines[0]?.value;
  if (lines.length === 1 && value !== undefined && !isKnown(value))
    unknowns.push(`Sec-WebSocket-Key: ${value.unknown}`);
  else if (lines.length !== 1 || typeof value !== 'string' || !/^[A-Za-z0-9+/]{22}==$/.test(value))
    faults.push(fault('key-missing', settingOf(run, lines, 'sec-websocket-key'), keyDetail(lines)));
  else if (value !== (headerValue(run, 'sec_websocket_key') ?? value))
    faults.push(fault('key-missing', lines[0]?.setting ?? null, "Sec-WebSocket-Key is not the client's"));
}

function keyDetail(lines: readonly UpstreamHeader[]): string {
  if (lines.length === 0) return 'no Sec-WebSocket-Key';
  return lines.length > 1 ? `Sec-WebSocket-Key ${lines.length} times` : 'Sec-WebSocket-Key is not 16 bytes in base64';
}

function checkWebSocketVersion(run: Run, lines: readonly UpstreamHeader[], faults: Fault[], unknowns: string[]): void {
  const value = lines[0]?.value ?? '';
  if (lines.length === 1 && value === '13') return;
  if (lines.length === 1 && !isKnown(value)) unknowns.push(`Sec-WebSocket-Version: ${value.unknown}`);
  else {
    const detail =
      lines.length === 0 ? 'no Sec-WebSocket-Version' : `Sec-WebSocket-Version: ${isKnown(value) ? value : ''}`;
    faults.push(fault('sec-version-missing', settingOf(run, lines, 'sec-websocket-version'), detail));
  }
}

function settingOf(run: Run, lines: readonly UpstreamHeader[], name: string): Setting | null {
  return lines.at(-1)?.setting ?? emptied(run, name);
}

/** The setting that keeps a header from being sent: its line that came out empty, or that no client header is passed. */
function emptied(run: Run, name: string): Setting | null {
  const lines = settingsHere(run, 'proxy_set_header');
  const line = lines.findLast((setting) => setting.directive.args[0]?.toLowerCase() === name);
  if (line !== undefined) return line;
  if (name === 'upgrade' || name === 'connection' || name === 'host') return null;
  const passed = settingHere(run, 'proxy_pass_request_headers');
  return passed?.directive.args[0]?.toLowerCase() === 'off' ? passed : null;
}
