import type { Scope } from '../../model/scope';
import { outcomeOf, plural } from '../counts';
import { scopeLine, serverListens, serverNames } from '../places';
import type { LintResult } from '../../lint/result';
import { routeBlock } from './route';
import type { Entry, Page } from './select';
import { code, html, placed } from './text';

/** A server with its routes that are listed. */
export interface ServerGroup {
  readonly id: string;
  readonly server: Scope;
  readonly entries: readonly Entry[];
}

export function groups({ entries }: Page): readonly ServerGroup[] {
  const found = new Map<Scope, Entry[]>();
  for (const entry of entries) {
    const { server } = entry.verdict.route;
    const list = found.get(server);
    if (list === undefined) found.set(server, [entry]);
    else list.push(entry);
  }
  return [...found].map(([server, list], index) => ({ id: `s${index + 1}`, server, entries: list }));
}

export function serverName(server: Scope): string {
  const names = serverNames(server);
  const shown = names.filter((name) => name !== '').slice(0, 4);
  if (shown.length === 0) return 'server without a name';
  return shown.join(' ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}

/** The routes whose pictures are open from the start: what fails, as far as that fits a screen or two. */
const MOST_OPEN = 2;

export function serverSections(all: readonly ServerGroup[], page: Page): string {
  const failing = page.entries.filter(
    ({ verdict }) => outcomeOf(verdict) === 'fails' && verdict.route.websocket.serves !== 'no',
  );
  const open = new Set(failing.slice(0, MOST_OPEN));
  return all.map((group) => section(group, page, open)).join('');
}

function section({ id, server, entries }: ServerGroup, page: Page, open: ReadonlySet<Entry>): string {
  const place = scopeLine(server);
  const listens = serverListens(server).slice(0, 6);
  const routes = entries.map((entry) => routeBlock(entry, page, open.has(entry)));
  return `<section class="server ${stateOf(entries)}" id="${id}" aria-labelledby="${id}h"><header><h3 id="${id}h">${html(serverName(server))}</h3> ${listens
    .map((words) => code(`listen ${words}`))
    .join(
      ' ',
    )} ${place === null ? '' : placed(`${place.file}:${place.line}`)} ${handshakes(entries)}<a class="all" href="#all">all servers</a></header>
${routes.join('')}</section>\n`;
}

/** For filters that must hide a server whose routes they hide. */
function stateOf(entries: readonly Entry[]): string {
  const classes = new Set(entries.map(({ verdict }) => `has-${outcomeOf(verdict)}`));
  const ws = entries.filter(({ verdict }) => verdict.route.websocket.serves !== 'no');
  for (const { verdict } of ws) classes.add(`has-ws-${outcomeOf(verdict)}`);
  if (ws.length > 0) classes.add('has-ws');
  return [...classes].sort().join(' ');
}

export function handshakes(entries: readonly Entry[]): string {
  const parts = (['fails', 'unknown', 'switches'] as const).flatMap((outcome) => {
    const ws = entries.filter(
      ({ verdict }) => verdict.route.websocket.serves !== 'no' && outcomeOf(verdict) === outcome,
    );
    return ws.length === 0
      ? []
      : [`<span class="count ${outcome}">${ws.length} ${WORDS[outcome][ws.length === 1 ? 0 : 1]}</span>`];
  });
  const { length } = entries.filter(({ verdict }) => verdict.route.websocket.serves === 'no');
  if (length > 0) parts.push(`<span class="count plain">${length} other</span>`);
  return `<span class="counts">${parts.join(' ')}</span>`;
}

const WORDS = { fails: ['fails', 'fail'], unknown: ['unknown', 'unknown'], switches: ['switches', 'switch'] } as const;

/** Links that show one server alone. Many are folded. */
export function serverIndex(all: readonly ServerGroup[]): string {
  if (all.length < 2) return '';
  const items = all.map(
    ({ id, server, entries }) => `<li><a href="#${id}">${html(serverName(server))}</a> ${handshakes(entries)}</li>\n`,
  );
  const list = `<ul class="servers"><li><a href="#all">all servers</a></li>${items.join('')}</ul>`;
  const head = `Servers (${all.length})`;
  return `<nav aria-label="Servers"><details${all.length <= 12 ? ' open' : ''}><summary>${head}: show one alone</summary>${list}</details></nav>\n`;
}

const MOST_NAMED = 40;

/** Servers that the report has nothing to say of, so that nobody looks for them. */
export function silentServers(results: readonly LintResult[]): string {
  const rows = results.flatMap((result) => {
    const speaking = new Set(result.routes.map(({ route }) => route.server));
    const [first] = speaking;
    const all = first?.parent?.children.filter(({ kind }) => kind === 'server') ?? [];
    return all.filter((server) => !speaking.has(server));
  });
  if (rows.length === 0) return '';
  const items = rows.slice(0, MOST_NAMED).map((server) => {
    const place = scopeLine(server);
    return `<li>${html(serverName(server))} ${place === null ? '' : placed(`${place.file}:${place.line}`)}</li>`;
  });
  const more = rows.length > MOST_NAMED ? `<li>and ${rows.length - MOST_NAMED} more</li>` : '';
  return `<details class="silent"><summary>${plural(rows.length, 'server')} without a proxying route</summary><ul>${items.join('')}${more}</ul></details>\n`;
}
