import type { Scope, Setting } from '../model/scope';
import { argumentTemplate } from '../model/template';
import { isFilled, isKnown } from '../model/value';
import type { Value } from '../model/value';
import { evaluate } from '../model/variables';
import { parseSize } from '../model/units';
import { SINCE } from '../model/version';
import { settingHere, settingsHere } from './flags';
import { NAMES } from './module-names';
import type { Module } from './module-names';
import { answered, isRight } from './answered';
import { headerValue } from './request-values';
import { fault } from './run';
import type { Run } from './run';
import type { Fault } from './types';

/** What nginx does to the 101 on its way back that makes a browser refuse it. */
export interface ResponseVerdict {
  readonly faults: readonly Fault[];
  readonly unknowns: readonly string[];
}

/** Response headers that a browser insists on having, once. `Connection` is nginx's own in a 101. */
const NEEDED = ['upgrade', 'sec-websocket-accept'];
/** Headers that must not come twice, or not at all unless the handshake asked. */
const FORBIDDEN: ReadonlySet<string> = new Set(['upgrade', 'sec-websocket-accept', 'sec-websocket-protocol']);

/** An `add_header ... always` with what it comes to when the 101 passes; nginx sends none that is empty. */
interface Added {
  readonly setting: Setting;
  readonly name: string;
  readonly value: Value;
}

/** Modules with directives of their own for it: `proxy_hide_header`, `uwsgi_hide_header`, `scgi_hide_header`. */
export function judgeResponse(run: Run, module: Module): ResponseVerdict {
  const faults: Fault[] = [];
  const unknowns: string[] = [];
  const added = addedToAnswer(run);
  const restored = new Set<string>();
  for (const [name, setting] of hidden(run, module)) {
    const own = added.filter((one) => one.name === name);
    if (mayRestore(own)) restored.add(name);
    else {
      const detail = `${NAMES[module].hideHeader} ${setting.directive.args[0] ?? name}`;
      faults.push(fault('response-header-hidden', setting, detail));
    }
  }
  for (const one of added) judgeAdded(run, one, restored.has(one.name), faults, unknowns);
  const cut = cutShort(run);
  return { faults: cut === null ? faults : [...faults, cut], unknowns };
}

/** The least that nginx and a backend write into a 101: status line, Server, Date, Connection, Upgrade, Accept. */
const LEAST_ANSWER = 181;

/**
 * The 101 itself is sent under limit_rate: as much as a second allows, and the rest never, because the tunnel goes past
 * the filter that would send it (ngx_http_write_filter; measured). A variable that was set stands before the directive.
 */
function cutShort(run: Run): Fault | null {
  const set = run.values.get('limit_rate');
  const setting = set === undefined ? settingHere(run, 'limit_rate') : setLimit(run);
  const rate = sizeOf(run, setting, set);
  const after = sizeOf(run, settingHere(run, 'limit_rate_after')) ?? 0;
  if (rate === null || rate === 0 || rate + after >= LEAST_ANSWER) return null;
  return fault('response-cut', setting, `limit_rate ${rate}: only ${rate + after} bytes of the 101 are sent`);
}

function sizeOf(run: Run, setting: Setting | null, value?: Value): number | null {
  const size = value ?? (setting === null ? null : evaluate(argumentTemplate(setting, 0), run));
  return size === null || !isKnown(size) ? null : parseSize(size);
}

/** The line that set `$limit_rate`; null where it does not stand at one of the levels around. */
function setLimit(run: Run): Setting | null {
  for (let scope: Scope | null = run.scope; scope !== null; scope = scope.parent) {
    const line = scope.own('set').findLast(({ directive }) => directive.args[0]?.toLowerCase() === '$limit_rate');
    if (line !== undefined) return line;
  }
  return null;
}

function addedToAnswer(run: Run): readonly Added[] {
  const lines = addedHeaders(run).filter(isAlways);
  if (lines.length === 0) return [];
  const then = answered(run);
  return lines
    .map((setting) => ({ setting, name: nameIn(setting), value: evaluate(argumentTemplate(setting, 1), then) }))
    .filter(({ value }) => value !== '');
}

/** Whether the lines give a hidden header back (measured): exactly one that is right. What is not known may. */
function mayRestore(lines: readonly Added[]): boolean {
  if (lines.some(({ value }) => !isKnown(value))) return true;
  return lines.length === 1 && lines.every(({ name, value }) => isRight(name, value));
}

function judgeAdded(
  run: Run,
  { setting, name, value }: Added,
  restores: boolean,
  faults: Fault[],
  unknowns: string[],
): void {
  if (name === 'sec-websocket-protocol' && isOffered(run, value)) {
    unknowns.push('whether the backend chooses a subprotocol too, beside add_header Sec-WebSocket-Protocol');
  } else if (isFilled(value) && !restores) {
    faults.push(fault('response-header-added', setting, `add_header ${name} ... always`));
  } else if (!isKnown(value)) unknowns.push(`add_header ${name}: ${value.unknown}`);
}

function isAlways(setting: Setting): boolean {
  return FORBIDDEN.has(nameIn(setting)) && setting.directive.args[2] === 'always';
}

/** A subprotocol that the client asked for: an answer with it is what a browser wants, but only once. */
function isOffered(run: Run, value: Value): boolean {
  const offered = headerValue(run, 'sec_websocket_protocol');
  if (offered === null || !isKnown(value)) return false;
  return offered.split(',').some((item) => item.trim() === value);
}

/** hide and pass are inherited each on its own; what is passed is not hidden. By the names that a browser needs. */
function hidden(run: Run, module: Module): Map<string, Setting> {
  const hides = settingsHere(run, NAMES[module].hideHeader);
  const found = new Map<string, Setting>();
  if (hides.length === 0) return found;
  const passes = new Set(settingsHere(run, NAMES[module].passHeader).map(nameIn));
  for (const name of NEEDED) {
    const setting = hides.find((line) => nameIn(line) === name);
    if (setting !== undefined && !passes.has(name)) found.set(name, setting);
  }
  return found;
}

function nameIn(setting: Setting): string {
  return setting.directive.args[0]?.toLowerCase() ?? '';
}

/** The add_header lines that apply; `add_header_inherit merge` adds to those of the levels around. */
function addedHeaders(run: Run): readonly Setting[] {
  if (!run.names.has('add_header')) return [];
  if (!run.nginx.since(SINCE.addHeaderInherit)) return settingsHere(run, 'add_header');
  const added: Setting[] = [];
  for (let scope: Scope | null = run.scope; scope !== null && scope.kind !== 'main'; scope = scope.parent) {
    const mode = settingHere(run, 'add_header_inherit', scope)?.directive.args[0];
    const own = scope.own('add_header');
    for (const each of own) added.push(each);
    if (mode === 'off' || (own.length > 0 && mode !== 'merge')) break;
  }
  return added;
}
