import { takes } from './directives';
import type { Context, DirectiveForm } from './directives';
import type { Fault, Refusal } from './refusals/check';
import { lacksCertificate } from './refusals/merges';
import { createMemory, dropSlots, takeSlot } from './refusals/memory';
import type { Memory } from './refusals/memory';
import { createPlaces } from './refusals/places';
import type { Place, Places } from './refusals/places';
import { leaveScope } from './refusals/leave';
import { tableFaults } from './refusals/tables';
import { createVariables, define, defineAll, undefinedVariables, use } from './refusals/variables';
import type { Variables } from './refusals/variables';
import { valueFault } from './refusals/values';
import type { Configuration, Scope, Setting } from './scope';
import type { NginxVersion } from './version';

export type { Refusal } from './refusals/check';
export { NO_EVENTS } from './refusals/leave';

/**
 * What `nginx -t` refuses, as far as the configuration alone decides: nothing about hosts, files, users and ports of a
 * machine. With version null, only what no supported version accepts. nginx stops at the first; all are given, in the
 * order in which it would come to them, those that it notices at the end last.
 */
export function* refusals(configuration: Configuration, version: NginxVersion | null): Iterable<Refusal> {
  const run: Run = {
    version,
    places: createPlaces(version),
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

function isComplete({ http, stream, brokenIncludes }: Configuration): boolean {
  return http?.assumed !== true && stream?.assumed !== true && brokenIncludes.length === 0;
}

interface Run {
  readonly version: NginxVersion | null;
  readonly places: Places;
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
  /** MARKS of what it holds. */
  marks: number;
  next: number;
}

function walk(main: Scope, run: Run): void {
  const stack: Frame[] = [{ scope: main, context: 'main', marks: 0, next: 0 }];
  const assumed = main.children.filter((child) => child.opener === null);
  for (const child of assumed) pushAssumed(child, stack);
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const setting = frame.scope.settings[frame.next++];
    if (setting === undefined) {
      stack.pop();
      for (const fault of leaveScope(frame.scope, frame.context, frame.marks, run.memory))
        add(run, fault.setting, fault);
      dropSlots(run.memory, frame.scope);
    } else if (enter(setting, frame, run) && setting.opens !== null) {
      const context = contextOf(setting.opens, frame.context);
      if (context !== null) stack.push({ scope: setting.opens, context, marks: 0, next: 0 });
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
    stack.push({ scope: block, context, marks: 0, next: 0 });
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
function enter(setting: Setting, frame: Frame, run: Run): boolean {
  const { scope, context } = frame;
  const place = run.places(setting.directive.name, context);
  if (place.foreign !== 'no') {
    defineAll(run.variables, setting, context);
    if (place.foreign === 'unknown') run.memory.complete = false;
    return false;
  }
  const placement = placementFault(place, setting, scope);
  if (placement !== null) {
    add(run, setting, placement);
    return false;
  }
  frame.marks |= place.mark;
  checkPlaced(place, setting, scope, context, run);
  return true;
}

function placementFault({ refused, forms }: Place, { directive }: Setting, scope: Scope): Fault | null {
  if (refused !== null) {
    // Where a fragment's lines stand was worked out from the lines themselves.
    return { message: refused.message, versions: refused.versions, certain: !(refused.byContext && scope.assumed) };
  }
  const block = forms[0]?.block === true;
  if (block && directive.block === null && directive.terminated) {
    return { message: `directive "${directive.name}" has no opening "{"` };
  }
  if (block || directive.block === null || directive.block.lua) return null;
  return { message: `directive "${directive.name}" is not terminated by ";"` };
}

function checkPlaced(place: Place, setting: Setting, scope: Scope, context: Context, run: Run): void {
  // What lacks its `;` holds words of the next line, and a template's placeholder may stand for anything.
  if (!setting.directive.terminated && setting.directive.block === null) return;
  define(run.variables, place, setting, context);
  if (hasPlaceholder(setting)) return;
  const fault = directiveFault(place, setting, scope, context, run);
  if (fault !== null) add(run, setting, fault);
  else if (place.compiles) use(run.variables, setting, context, (late) => add(run, setting, late));
  if (setting.opens?.kind === 'table') {
    for (const tableFault of tableFaults(setting.opens)) add(run, tableFault.setting, tableFault);
  }
}

/** In a template: one of the directive's own words is not known. */
function hasPlaceholder({ directive, tree }: Setting): boolean {
  const { placeholders } = tree.source;
  if (placeholders.length === 0) return false;
  const end = directive.words.at(-1)?.end ?? directive.end;
  return placeholders.some((span) => span.start < end && directive.start < span.end);
}

function directiveFault(place: Place, setting: Setting, scope: Scope, context: Context, run: Run): Fault | null {
  const { name, args } = setting.directive;
  const { forms } = place;
  const form = forms.length === 1 ? forms[0] : forms.findLast((one) => takes(one, args.length));
  if (form === undefined || !takes(form, args.length)) {
    return { message: `invalid number of arguments in "${name}" directive` };
  }
  const duplicate = form.once ? duplicateFault(setting, scope, context, run.memory) : null;
  if (duplicate !== null) return duplicate;
  const value = form.kind === 'own' ? null : valueFault(name, args, form, run.version);
  if (value !== null && !forms.some((other) => takesValue(other, setting, run.version))) return value;
  if (place.setter === null) return null;
  return place.setter({ setting, name, args, scope, context, form, version: run.version, memory: run.memory });
}

function takesValue(form: DirectiveForm, { directive }: Setting, version: NginxVersion | null): boolean {
  const { name, args } = directive;
  return takes(form, args.length) && valueFault(name, args, form, version) === null;
}

/** Names under which modules keep one and the same value. */
const SLOTS: Readonly<Record<string, string>> = {
  proxy_downstream_buffer: 'proxy_buffer_size',
  proxy_upstream_buffer: 'proxy_buffer_size',
};

function duplicateFault(setting: Setting, scope: Scope, context: Context, memory: Memory): Fault | null {
  const { name, args, block } = setting.directive;
  const slot = context.startsWith('stream') && Object.hasOwn(SLOTS, name) ? (SLOTS[name] ?? name) : name;
  const related = takeSlot(memory, scope, slot, setting);
  if (related === null) return null;
  const other = related.directive;
  const same = other.name === name && other.args.length === args.length;
  const identical = same && block === null && args.every((word, at) => word === other.args[at]);
  return { message: `"${name}" directive is duplicate`, related, identical };
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
    const [first] = servers.keys();
    const server = defaultServer ?? first;
    const setting = server?.opener ?? null;
    if (!tls || server?.kind !== 'server' || setting === null || !lacksCertificate(server)) continue;
    const listen = servers.get(server) ?? setting;
    const message = 'no "ssl_certificate" is defined for the "listen ... ssl" directive';
    add(run, listen, { message, late: true, related: setting });
  }
}
