import { DEFAULT_TIMEOUT, timeoutOf } from '../../lint/timeouts';
import type { Timeout } from '../../lint/timeouts';
import type { Outcome } from '../../handshake/types';
import type { RouteVerdict } from '../../lint/result';
import { plural } from '../counts';
import { failureText } from '../failure';
import type { Route } from '../../model/route';
import type { Scope } from '../../model/scope';
import { formatMilliseconds } from '../../model/units';
import { fileLine, serverListens, serverNames, settingName } from '../places';
import { once } from '../../text/once';
import { included } from './finding';
import { maskedUri, maskedValue, valueOf, wrongHeaders } from './request';
import { breaksAt, faultsAt } from '../stage';
import type { Stage } from '../stage';
import type { Entry, Page } from './select';
import { code, html, icon, placed } from './text';

type State = 'good' | 'broken' | 'unreached' | 'unknown';

/** The way of the handshake as a list of stations and links: in a row where there is room, else one below the other. */
export function way(entry: Entry, page: Page): string {
  const { verdict } = entry;
  const outcome = verdict.handshake;
  const refusals = page.refusals.get(entry.result) ?? [];
  const broken = breaksAt(outcome, refusals.length > 0);
  const state = stateAlong(outcome, broken);
  const items = [
    station('client', 'good', 'Browser', clientLines(verdict.url)),
    link(state('entry'), 'sends', [...sentLines(verdict.target), ...breaking(outcome, broken, 'entry')]),
    station('server', state('nginx'), 'nginx', nginxLines(verdict, refusals.length, broken)),
    link(worst(state('reach'), state('request')), 'forwards', forwarded(entry, page, broken)),
    station(
      'backend',
      broken === 'reach' ? 'unreached' : state('request'),
      'Backend',
      backendLines(verdict.route, page),
    ),
  ];
  return `<ol class="way">${items.join('')}</ol>\n${answer(outcome, broken)}`;
}

const STEPS: readonly Stage[] = ['entry', 'nginx', 'reach', 'request', 'response'];

/** Good up to where it breaks, unreached behind that. */
function stateAlong(outcome: Outcome | null, broken: Stage | null): (stage: Stage) => State {
  const at = broken === null ? Infinity : STEPS.indexOf(broken === 'refused' ? 'nginx' : broken);
  return (stage) => {
    if (outcome === null || (outcome.outcome === 'unknown' && stage !== 'entry')) return 'unknown';
    const step = STEPS.indexOf(stage);
    if (broken === 'refused' && stage === 'entry') return 'unreached';
    return step < at ? 'good' : step === at ? 'broken' : 'unreached';
  };
}

/** Two steps on one link. */
function worst(first: State, second: State): State {
  if (first === 'broken' || second === 'broken') return 'broken';
  return first === 'good' ? second : first;
}

const WORDS: Readonly<Record<State, string>> = {
  good: '',
  broken: '<strong class="verdict">breaks here</strong>',
  unreached: '<span class="verdict">not reached</span>',
  unknown: '<span class="verdict">unknown</span>',
};

function station(
  drawing: 'client' | 'server' | 'backend',
  state: State,
  name: string,
  lines: readonly string[],
): string {
  const shown = drawing === 'server' ? WORDS[state] : '';
  return `<li class="station ${state}">${icon(drawing)}<b>${name}</b>${shown}${listed(lines)}</li>`;
}

function link(state: State, verb: string, lines: readonly string[]): string {
  return `<li class="link ${state}"><span class="arrow"><span class="verb">${verb}</span></span>${WORDS[state]}${listed(lines)}</li>`;
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `<div class="row">${line}</div>`).join('');
}

function clientLines(url: string | null): readonly string[] {
  return [url === null ? '<span class="unclear">no URL is known that reaches this route</span>' : breakable(url)];
}

/** May go on in the next line before its path. */
function breakable(url: string): string {
  return code(url).replace(/([^/])\/(?!\/)/, '$1<wbr>/');
}

function sentLines(target: string | null): readonly string[] {
  return [code(`GET ${target ?? '...'} HTTP/1.1`), code('Upgrade: websocket'), code('Connection: Upgrade')];
}

function breaking(outcome: Outcome | null, broken: Stage | null, ...stages: readonly Stage[]): readonly string[] {
  if (broken === null || !stages.includes(broken)) return [];
  return faultsAt(outcome, ...stages).map(({ detail, setting }) => {
    return `<span class="cross">✗ ${html(detail)}</span>${setting === null ? '' : ` ${placed(settingName(setting))}`}`;
  });
}

function nginxLines({ route, handshake }: RouteVerdict, refusals: number, broken: Stage | null): readonly string[] {
  const listens = serverListens(route.server);
  const chain: string[] = [];
  for (let at = route.pass.via; at !== null; at = at.via) chain.push(settingName(at));
  return [
    code(`server ${serverNames(route.server).join(' ') || '(no name)'}`),
    ...(listens.length === 0 ? [] : [code(`listen ${listens.join(', ')}`)]),
    `${code(route.label)} ${placed(placeOf(route))}${included(chain)}`,
    ...(broken === 'refused'
      ? [`<span class="cross">✗ refuses the configuration: ${plural(refusals, 'finding')}</span>`]
      : []),
    ...breaking(handshake, broken, 'nginx'),
  ];
}

function placeOf({ location, pass }: Route): string {
  const { file, line } = fileLine(location?.opener ?? pass);
  return `${file}:${line}`;
}

/** What decides on the backend's side, then the timeouts of this stretch. */
function forwarded(entry: Entry, page: Page, broken: Stage | null): readonly string[] {
  const { handshake, route } = entry.verdict;
  const lines = handshake?.upstream == null ? [] : headerLines(handshake, page);
  return [...lines, ...breaking(handshake, broken, 'reach'), timeouts(route)];
}

function headerLines(outcome: Outcome, page: Page): readonly string[] {
  const { upstream } = outcome;
  if (upstream === null) return [];
  const wrong = wrongHeaders(outcome);
  const line = `${valueOf(upstream.method)} ${valueOf(maskedUri(outcome, page))} <code>HTTP/${upstream.httpVersion}</code>`;
  const rows = [judged(line, wrong.has(':version') || wrong.has(':method'))];
  const told = ['Upgrade', 'Connection', 'Host', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version'];
  for (const name of told) {
    const lower = name.toLowerCase();
    const found = upstream.headers.filter((header) => header.name.toLowerCase() === lower);
    if (name.startsWith('Sec') && !wrong.has(lower)) continue;
    if (found.length === 0) rows.push(judged(`${code(`${name}:`)} not sent`, wrong.has(lower)));
    for (const header of found) {
      const value = maskedValue(header, page);
      const text = typeof value === 'string' ? code(`${name}: ${value}`) : `${code(`${name}:`)} ${valueOf(value)}`;
      rows.push(judged(text, wrong.has(lower)));
    }
  }
  return rows;
}

function judged(text: string, bad: boolean): string {
  return bad ? `<span class="cross">✗</span> <span class="bad">${text}</span>` : text;
}

function timeouts(route: Route): string {
  const rows = (['connect', 'send', 'read'] as const).map((kind) => {
    const timeout = timeoutOf(route, kind);
    return `<div class="timeout${urgency(kind, timeout)}"><dt>${kind}</dt><dd>${timeoutText(timeout)}</dd></div>`;
  });
  return `<dl class="timeouts">${rows.join('')}</dl>`;
}

/** 0 is at once; the read timeout closes connections that are silent for so long. */
function urgency(kind: 'connect' | 'send' | 'read', timeout: Timeout | null): string {
  if (timeout?.milliseconds === 0) return ' none';
  return kind === 'read' && timeout !== null && timeout.milliseconds <= DEFAULT_TIMEOUT ? ' short' : '';
}

function timeoutText(timeout: Timeout | null): string {
  if (timeout === null) return '<span class="unclear">unknown</span>';
  const { milliseconds, setting, origin } = timeout;
  const from =
    setting === null
      ? `<span class="default">${origin === 'assumed' ? 'assumed' : 'default'}</span>`
      : placed(settingName(setting));
  return `<b>${formatMilliseconds(milliseconds)}</b> ${from}`;
}

const MOST_SERVERS = 3;

/** The *_pass, and of an upstream block its servers. */
function backendLines({ pass, server }: Route, { mask }: Page): readonly string[] {
  const { name, args } = pass.directive;
  const [target = ''] = args;
  const host = /^(?:\w+:\/\/)?([^/:]+)/.exec(target)?.[1] ?? '';
  const servers = upstreamServers(server, host).map((words) => mask(words));
  const more = servers.length > MOST_SERVERS ? [`and ${servers.length - MOST_SERVERS} more`] : [];
  return [
    `${code(mask(`${name} ${target}`))} ${placed(settingName(pass))}`,
    ...servers.slice(0, MOST_SERVERS).map((words) => code(`server ${words}`)),
    ...more,
  ];
}

function upstreamServers({ parent }: Scope, name: string): readonly string[] {
  if (parent === null) return [];
  const servers = upstreamsIn(parent).get(name.toLowerCase())?.own('server') ?? [];
  return servers.map(({ directive }) => directive.args.join(' '));
}

/** Those of the http block, by their name in lower case. */
const upstreamsIn = once(({ children }: Scope): ReadonlyMap<string, Scope> => {
  const blocks = children.filter(({ kind }) => kind === 'upstream');
  return new Map(blocks.map((block) => [block.opener?.directive.args[0]?.toLowerCase() ?? '', block]));
});

/** What comes back to the browser. */
function answer(outcome: Outcome | null, broken: Stage | null): string {
  const line = (state: State, drawing: 'tick' | 'cross' | 'question', text: string): string =>
    `<p class="answer ${state}"><span class="text">${icon(drawing)} ${text}</span></p>\n`;
  if (outcome === null) return line('unknown', 'question', 'no request was found that reaches this route');
  if (outcome.outcome === 'switches') {
    return line('good', 'tick', `${code('101 Switching Protocols')} comes back: the connection is open`);
  }
  if (outcome.outcome === 'unknown') {
    return line('unknown', 'question', `cannot be known: ${html(outcome.unknowns.slice(0, 3).join('; '))}`);
  }
  const back = breaking(outcome, broken, 'response')
    .map((text) => ` ${text}`)
    .join('');
  return line('broken', 'cross', html(failureText(outcome, broken === 'refused')) + back);
}
