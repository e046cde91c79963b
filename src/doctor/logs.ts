import { compileFormat, type FormatReader } from '../logs/formats';
import type { Locate, LogPlace } from '../logs/report';
import type { LogGroup } from '../logs/types';
import { timeoutOf } from '../lint/timeouts';
import { readUrl, type AskedUrl } from '../handshake/destination';
import { timeoutText } from './beside';
import { answerFor, diagnosticLine, type Knowledge, type StaticAnswer } from './knowledge';

/** A group of lines without a host may belong to any server: not more of them are named. */
const MOST_PLACES = 3;
const MOST_SERVERS = 20;
const MOST_REMEMBERED = 2000;

/** Readers of the log formats that a configuration defines. */
export function logFormats(known: readonly Knowledge[]): readonly FormatReader[] {
  return known.flatMap(({ configuration }) => {
    const settings = configuration.http?.own('log_format') ?? [];
    return settings.flatMap(({ directive }) => {
      const words = directive.args.slice(1).filter((word) => !word.startsWith('escape='));
      // JSON is read as JSON: its values may hold anything.
      const format = words.join('');
      const reader = format.trimStart().startsWith('{') ? null : compileFormat(format);
      return reader === null ? [] : [reader];
    });
  });
}

/** The read timeouts of the routes that serve WebSocket, in seconds; nginx's default where there are none. */
export function timeoutsOf(known: readonly Knowledge[]): readonly number[] {
  const routes = known.flatMap(({ result }) => result.routes.map(({ route }) => route));
  const serving = routes.filter(({ websocket }) => websocket.serves !== 'no');
  const found = serving.map((route) => timeoutOf(route, 'read')?.milliseconds ?? null).filter((each) => each !== null);
  return found.length === 0 ? [60] : [...new Set(found.map((each) => each / 1000))];
}

/** Whether some server's route for a path serves WebSocket; asked of many lines, so remembered for the first paths. */
export function serves(known: readonly Knowledge[]): (path: string) => boolean {
  const servers = serversOf(known);
  const answers = new Map<string, boolean>();
  return (path) => {
    const remembered = answers.get(path);
    if (remembered !== undefined) return remembered;
    // A log of ever new paths is not simulated line by line.
    if (answers.size >= MOST_REMEMBERED || !path.startsWith('/')) return false;
    const found = servers.some((server) => {
      return answerFor(known, { ...server, target: path })?.route?.websocket.serves === 'yes';
    });
    answers.set(JSON.parse(JSON.stringify(path)) as string, found);
    return found;
  };
}

/** Names the server and location that take a group's path, and what the linter says there. */
export function createLocate(known: readonly Knowledge[]): Locate {
  const servers = serversOf(known);
  return (group) => {
    const { path } = group;
    if (path === null || group.signature.source === 'foreign') return { places: [], findings: [] };
    const answers = destinations(servers, group).map((to) => answerFor(known, { ...to, target: path }));
    const found = answers.filter((answer) => answer !== null && answer.outcome.location !== null) as StaticAnswer[];
    const unique = [...new Map(found.map((answer) => [answer.place, answer])).values()];
    return placeOf(serving(unique).slice(0, MOST_PLACES), group);
  };
}

/** Where the host is not logged: rather the servers in which the path serves WebSocket. */
function serving(answers: readonly StaticAnswer[]): readonly StaticAnswer[] {
  const meant = answers.filter(({ route }) => route !== null && route.websocket.serves !== 'no');
  return meant.length > 0 ? meant : answers;
}

function placeOf(answers: readonly StaticAnswer[], group: LogGroup): LogPlace {
  const rules = new Set(group.signature.rules);
  const findings = answers.flatMap((answer) =>
    answer.diagnostics
      .filter(({ rule, breaks }) => rules.has(rule) || (breaks && group.signature.weight === 'breaks'))
      .map((diagnostic) => {
        const { rule, severity, message } = diagnostic;
        return { rule, severity, message, ...diagnosticLine(answer.knowledge, diagnostic) };
      }),
  );
  return { places: answers.map((answer) => `${answer.place}${remark(answer, group)}`), findings };
}

/** What the configuration adds to a kind of line at this place. */
function remark(answer: StaticAnswer, group: LogGroup): string {
  if (group.signature.id === 'idle-timeout') return whichTimeout(answer, group);
  return answer.outcome.outcome === 'switches' && FROM_BACKEND.has(group.signature.id)
    ? ': by these files the whole handshake reaches the backend. It refuses for reasons of its own (no such path, Origin, cookies), or the lines are older than the files: probe the URL'
    : '';
}

/** Refusals of the backend, or what may be such, that are laid to missing headers. */
const FROM_BACKEND: ReadonlySet<string> = new Set([
  ...['access-400', 'access-426', 'access-501', 'access-505'],
  ...['access-404', 'access-404-backend', 'access-200-backend'],
]);

/** proxy_read_timeout and proxy_send_timeout leave the same line: a connection that was shorter was not cut by it. */
function whichTimeout({ route }: StaticAnswer, { seconds }: LogGroup): string {
  const read = route === null ? null : timeoutOf(route, 'read');
  const send = route === null ? null : timeoutOf(route, 'send');
  if (read === null || send === null) return '';
  const both = `: ${timeoutText(read)}, ${timeoutText(send)}`;
  if (seconds === null || seconds.most * 1000 >= read.milliseconds || send.milliseconds >= read.milliseconds)
    return both;
  return `${both}. Its connections in the access log were shorter than ${read.name}: it was ${send.name}, the backend did not read, and a heartbeat does not help`;
}

/** Every server that the linter found a URL for. */
function serversOf(known: readonly Knowledge[]): readonly AskedUrl[] {
  const found = new Map<string, AskedUrl>();
  for (const { result } of known) {
    for (const { url } of result.routes) {
      const asked = url === null ? null : readUrl(url);
      if (asked === null || 'error' in asked) continue;
      found.set(`${asked.scheme}://${asked.host}:${asked.port ?? ''}`, asked);
    }
  }
  return [...found.values()].slice(0, MOST_SERVERS);
}

function destinations(servers: readonly AskedUrl[], group: LogGroup): readonly AskedUrl[] {
  const named = [group.host, group.server].filter((name) => name !== null);
  const matching = servers.filter(({ host }) => named.some((name) => sameName(host, name)));
  if (matching.length > 0) return matching;
  const [host] = named;
  return host === undefined ? servers : servers.map((server) => ({ ...server, host: withoutPort(host) }));
}

function sameName(host: string, name: string): boolean {
  return withoutPort(host) === withoutPort(name);
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
