import type { Outcome } from '../handshake/types';
import { directiveSpec } from '../model/directives';
import type { Value } from '../model/value';
import type { Workspace } from '../model/workspace';
import { treeOf } from '../syntax/cache';
import type { Directive } from '../syntax/nodes';
import type { Source } from '../text/source';
import type { Diagnostic, FixRecord, RouteVerdict } from './result';
import type { Rule } from './rule';
import { MASK } from '../text/secret-names';

/**
 * A live tree is followed wherever nginx follows it, and a pull request may make any tree a live one: what its includes
 * name can be /etc/shadow. So no word that stands in such a file alone comes into a report, but for what makes a
 * route (server_name, listen, location, the pass) and what is nginx's own.
 */
export interface Veil {
  readonly text: (text: string) => string;
  readonly outcome: (outcome: Outcome) => Outcome;
}

/** Null where nothing was read but what was given or named in options. */
export function veilOver(workspace: Workspace, rules: readonly Rule[]): Veil | null {
  const outside = workspace.outside ?? new Set();
  if (outside.size === 0) return null;
  const hidden = new Set<string>();
  const known = new Set<string>();
  for (const [name, source] of workspace.files) {
    if (outside.has(name)) collect(source, hidden, known);
    else addPieces(source.text, known);
  }
  for (const { summary, nginx, exceptions } of rules) addPieces(`${summary} ${nginx} ${exceptions ?? ''}`, known);
  for (const name of workspace.files.keys()) addPieces(name, known);
  for (const piece of hidden) if (known.has(piece) || isPlain(piece)) hidden.delete(piece);
  const text = (shown: string): string => shown.replace(PIECE, (piece) => (hidden.has(piece) ? MASK : piece));
  return { text, outcome: (outcome) => veiledOutcome(outcome, text) };
}

/** The parts of words: a report may show a word in pieces, or put together. */
const PIECE = /[\w\u0080-\uffff]+/g;

function addPieces(text: string, pieces: Set<string>): void {
  for (const [piece] of text.matchAll(PIECE)) pieces.add(piece);
}

/** Names of directives, numbers and times as they are used everywhere. */
function isPlain(piece: string): boolean {
  return piece.length < 2 || directiveSpec(piece) !== undefined || /^\d{1,4}[a-zA-Z]{0,2}$/.test(piece);
}

const ROUTING: ReadonlySet<string> = new Set([
  'server_name',
  'listen',
  'location',
  'proxy_pass',
  'uwsgi_pass',
  'scgi_pass',
  'fastcgi_pass',
  'grpc_pass',
  'memcached_pass',
  'upstream',
]);

/** With a stack of its own: blocks may nest thousands deep. */
function collect(source: Source, hidden: Set<string>, known: Set<string>): void {
  const pending: Directive[] = [...treeOf(source).directives];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, words, block, terminated } = next;
    const routes = ROUTING.has(name) && terminated;
    for (const { value } of words) addPieces(value, routes ? known : hidden);
    for (const inner of block?.directives ?? []) pending.push(inner);
  }
}

function veiledOutcome(outcome: Outcome, text: (shown: string) => string): Outcome {
  const value = (shown: Value): Value =>
    typeof shown === 'string' ? text(shown) : { ...shown, unknown: text(shown.unknown) };
  const { upstream, redirect, faults, unknowns, steps } = outcome;
  return {
    ...outcome,
    redirect: redirect === null ? null : value(redirect),
    upstream:
      upstream === null
        ? null
        : {
            ...upstream,
            method: value(upstream.method),
            uri: value(upstream.uri),
            headers: upstream.headers.map((header) => ({
              ...header,
              name: text(header.name),
              value: value(header.value),
            })),
          },
    faults: faults.map((fault) => ({ ...fault, detail: text(fault.detail) })),
    unknowns: unknowns.map(text),
    steps: steps.map((step) => ({ ...step, what: text(step.what) })),
  };
}

export function veiledDiagnostic(diagnostic: Diagnostic, { text }: Veil): Diagnostic {
  const { message, why, help, notes, related } = diagnostic;
  return {
    ...diagnostic,
    message: text(message),
    why: why === null ? null : text(why),
    help: help === null ? null : text(help),
    notes: notes.map(text),
    related: related.map((one) => ({ ...one, message: text(one.message) })),
  };
}

export function veiledVerdict(verdict: RouteVerdict, veil: Veil): RouteVerdict {
  const { handshake, firefox, target, url } = verdict;
  return {
    ...verdict,
    target: target === null ? null : veil.text(target),
    url: url === null ? null : veil.text(url),
    handshake: handshake === null ? null : veil.outcome(handshake),
    firefox: firefox === null ? null : veil.outcome(firefox),
  };
}

export function veiledRecord(record: FixRecord, { text }: Veil): FixRecord {
  const { title, reason, proof } = record;
  return {
    ...record,
    title: text(title),
    reason: reason === null ? null : text(reason),
    proof: proof === null ? null : text(proof),
  };
}
