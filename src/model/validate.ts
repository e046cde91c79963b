import { allowedIn, directiveSpec, inVersion, isModuleDirective, nearestName, takes } from './directives';
import type { Context, DirectiveForm, DirectiveSpec } from './directives';
import type { Check, Fault, Refusal } from './refusals/check';
import { invalid } from './refusals/check';
import { lacksCertificate } from './refusals/merges';
import { createMemory, takeSlot } from './refusals/memory';
import type { Memory } from './refusals/memory';
import { setterOf } from './refusals/setters';
import { leaveScope } from './refusals/leave';
import { tableFaults } from './refusals/tables';
import { createVariables, defineIn, useIn, undefinedVariables } from './refusals/variables';
import type { Variables } from './refusals/variables';
import { valueFault } from './refusals/values';
import type { Configuration, Scope, Setting } from './scope';
import { formatVersion } from './version';
import type { NginxVersion } from './version';

export type { Refusal } from './refusals/check';

/**
 * What `nginx -t` refuses, as far as the configuration alone decides: nothing about hosts, files, users and ports of a
 * machine. With version null, only what no supported version accepts. nginx stops at the first; all are given, in the
 * order in which it would come to them, those that it notices at the end last.
 */
export function* refusals(configuration: Configuration, version: NginxVersion | null): Iterable<Refusal> {
  const run: Run = {
    version,
    memory: createMemory(isComplete(configuration)),
    variables: createVariables(),
    found: [],
    late: [],
  };
  walk(configuration.main, run);
  if (run.memory.complete) {
    wantedNames(run);
    certificates(run);
  }
  for (const fault of undefinedVariables(run.variables, configuration, version)) add(run, fault.setting, fault);
  yield* run.found;
  yield* run.late;
}

function isComplete({ main, http, stream, brokenIncludes }: Configuration): boolean {
  return !main.assumed && http?.assumed !== true && stream?.assumed !== true && brokenIncludes.length === 0;
}

export interface UnknownDirective {
  readonly setting: Setting;
  readonly name: string;
  /** The known name one edit away. */
  readonly nearest: string | null;
}

/** Directives that neither nginx nor a widely used module has; inside blocks of unknown modules nobody can tell. */
export function unknownDirectives(configuration: Configuration): readonly UnknownDirective[] {
  const found: UnknownDirective[] = [];
  const pending: Scope[] = [configuration.main];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const setting of scope.settings) {
      const { name } = setting.directive;
      if (directiveSpec(name) !== undefined || isModuleDirective(name)) continue;
      found.push({ setting, name, nearest: nearestName(name) });
    }
    for (let index = scope.children.length - 1; index >= 0; index--) {
      const child = scope.children[index];
      if (child !== undefined && child.kind !== 'other' && child.kind !== 'table') pending.push(child);
    }
  }
  return found;
}

interface Run {
  readonly version: NginxVersion | null;
  readonly memory: Memory;
  readonly variables: Variables;
  readonly found: Refusal[];
  readonly late: Refusal[];
}

function add(run: Run, setting: Setting, fault: Fault): void {
  const refusal: Refusal = {
    setting,
    word: fault.word ?? 0,
    message: fault.message,
    versions: fault.versions ?? null,
    related: fault.related ?? null,
    identical: fault.identical ?? false,
    certain: fault.certain ?? true,
    late: fault.late ?? false,
  };
  (refusal.late ? run.late : run.found).push(refusal);
}

/** A scope being read: nginx checks a block's own directive, then what is in it, then what the whole block lacks. */
interface Frame {
  readonly scope: Scope;
  readonly context: Context;
  next: number;
}

function walk(main: Scope, run: Run): void {
  const stack: Frame[] = [{ scope: main, context: 'main', next: 0 }];
  const assumed = main.children.filter((child) => child.opener === null);
  for (const child of assumed) pushAssumed(child, stack);
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const setting = frame.scope.settings[frame.next++];
    if (setting === undefined) {
      stack.pop();
      for (const fault of leaveScope(frame.scope, frame.context, run.memory)) add(run, fault.setting, fault);
    } else if (enter(setting, frame, run) && setting.opens !== null) {
      const context = contextOf(setting.opens, frame.context);
      if (context !== null) stack.push({ scope: setting.opens, context, next: 0 });
    }
  }
}

/** Blocks that enclose fragments have no directive of their own. */
function pushAssumed(scope: Scope, stack: Frame[]): void {
  const pending: [Scope, Context][] = [[scope, 'main']];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const [block, outside] = item;
    const context = contextOf(block, outside);
    if (context === null) continue;
    stack.push({ scope: block, context, next: 0 });
    for (const child of block.children) if (child.opener === null) pending.push([child, context]);
  }
}

/** The context inside a block; null for those whose contents are no directives that are known here. */
function contextOf(scope: Scope, outside: Context): Context | null {
  switch (scope.kind) {
    case 'other':
    case 'table':
      return null;
    case 'if':
      return outside === 'server' || outside === 'if in server' ? 'if in server' : 'if in location';
    case 'stream-server':
      return 'stream server';
    case 'stream-upstream':
      return 'stream upstream';
    case 'mail-server':
      return 'mail server';
    default:
      return scope.kind;
  }
}

/** Checks one directive; whether its block is to be read. */
function enter(setting: Setting, { scope, context }: Frame, run: Run): boolean {
  const { name } = setting.directive;
  const spec = directiveSpec(name);
  if (spec === undefined || (isModuleDirective(name) && !allowedSomehow(spec, context, run.version))) {
    defineIn(run.variables, setting, context, false);
    if (!isModuleDirective(name)) run.memory.complete = false;
    return false;
  }
  const placement = placementFault(spec, setting, scope, context, run.version);
  if (placement !== null) {
    add(run, setting, placement);
    return false;
  }
  defineIn(run.variables, setting, context, true);
  const fault = directiveFault(spec, setting, scope, context, run);
  if (fault !== null) add(run, setting, fault);
  else useIn(run.variables, setting, context).forEach((late) => add(run, setting, late));
  if (setting.opens?.kind === 'table') {
    for (const tableFault of tableFaults(setting.opens)) add(run, tableFault.setting, tableFault);
  }
  return true;
}

function allowedSomehow(spec: DirectiveSpec, context: Context, version: NginxVersion | null): boolean {
  return spec.forms.some((form) => inVersion(form, version) && allowedIn(form, context));
}

function placementFault(
  spec: DirectiveSpec,
  { directive }: Setting,
  scope: Scope,
  context: Context,
  version: NginxVersion | null,
): Fault | null {
  const known = spec.forms.filter((form) => inVersion(form, version));
  if (known.length === 0) return { message: `unknown directive "${spec.name}"`, versions: versionsOf(spec.forms) };
  const here = known.filter((form) => allowedIn(form, context));
  const form = here[0];
  if (form === undefined) {
    const elsewhere = spec.forms.filter((other) => allowedIn(other, context));
    const versions = elsewhere.length > 0 ? versionsOf(elsewhere) : null;
    // Where the fragment's lines stand was worked out from the lines themselves.
    return { message: `"${spec.name}" directive is not allowed here`, certain: !scope.assumed, versions };
  }
  if (form.block && directive.block === null && directive.terminated) {
    return { message: `directive "${spec.name}" has no opening "{"` };
  }
  if (!form.block && directive.block !== null && !directive.block.lua) {
    return { message: `directive "${spec.name}" is not terminated by ";"` };
  }
  return null;
}

/** Which versions lack these forms. */
function versionsOf(forms: readonly DirectiveForm[]): string | null {
  const since = Math.min(...forms.map((form) => form.since));
  const until = Math.max(...forms.map((form) => form.until));
  if (since > 0) return `below ${formatVersion(since)}`;
  return Number.isFinite(until) ? `above ${formatVersion(until)}` : null;
}

function directiveFault(spec: DirectiveSpec, setting: Setting, scope: Scope, context: Context, run: Run): Fault | null {
  const { directive } = setting;
  const { name, args } = directive;
  // What is missing its `;` holds words of the next line: the syntax fault says so.
  if (!directive.terminated && directive.block === null) return null;
  const here = spec.forms.filter((form) => inVersion(form, run.version) && allowedIn(form, context));
  const forms = here.filter((form) => takes(form, args.length));
  const form = forms.at(-1);
  if (form === undefined) return { message: `invalid number of arguments in "${name}" directive` };
  const check: Check = { setting, name, args, scope, context, form, version: run.version, memory: run.memory };
  const duplicate = form.once ? duplicateFault(check) : null;
  if (duplicate !== null) return duplicate;
  const values = forms.map((candidate) => valueFault(name, args, candidate, run.version));
  if (values.every((fault) => fault !== null)) return values.at(-1) ?? null;
  return setterOf(check)?.(check) ?? null;
}

/** Names under which modules keep one and the same value. */
const SLOTS: Readonly<Record<string, string>> = {
  proxy_downstream_buffer: 'proxy_buffer_size',
  proxy_upstream_buffer: 'proxy_buffer_size',
};

function duplicateFault(check: Check): Fault | null {
  const { setting, name, args, scope, context, memory } = check;
  const slot = context.startsWith('stream') && Object.hasOwn(SLOTS, name) ? (SLOTS[name] ?? name) : name;
  const related = takeSlot(memory, scope, slot, setting);
  if (related === null) return null;
  const other = related.directive;
  const same =
    other.name === name && other.args.length === args.length && args.every((word, at) => word === other.args[at]);
  return { ...invalid(check, 'is duplicate'), related, identical: same && setting.directive.block === null };
}

/** Zones, formats and ports that something relies on, once all of the configuration is known. */
function wantedNames(run: Run): void {
  for (const { key, setting, word, message } of run.memory.wanted) {
    if (!run.memory.named.has(key)) add(run, setting, { message, word, late: true });
  }
}

/** A socket that speaks TLS needs a certificate in its default server. */
function certificates(run: Run): void {
  for (const { tls, servers, defaultServer } of run.memory.listens.values()) {
    const server = defaultServer ?? servers[0]?.scope;
    const setting = server?.opener ?? null;
    if (!tls || server?.kind !== 'server' || setting === null || !lacksCertificate(server)) continue;
    const listen = servers.find(({ scope }) => scope === server)?.listen ?? setting;
    const message = 'no "ssl_certificate" is defined for the "listen ... ssl" directive';
    add(run, listen, { message, late: true, related: setting });
  }
}
