import { compileFormat, type FormatReader } from '../logs/formats';
import type { Locate, LogPlace } from '../logs/report';
import type { LogGroup } from '../logs/types';
import { timeoutOf } from '../lint/timeouts';
import type { Destination } from '../handshake/clients';
import { answerFor, diagnosticLine, type Knowledge, type StaticAnswer } from './knowledge';

/** A group of lines without a host may belong to any server: not more of them are named. */
const MOST_PLACES = 3;
const MOST_SERVERS = 50;

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
  return { places: answers.map(({ place }) => place), findings };
}

/** Every server that the linter found a URL for. */
function serversOf(known: readonly Knowledge[]): readonly Destination[] {
  const found = new Map<string, Destination>();
  for (const { result } of known) {
    for (const { url } of result.routes) {
      const match = url === null ? null : /^(wss?):\/\/([^/]*?)(?::(\d+))?(\/.*)?$/.exec(url);
      if (match === null) continue;
      const [, scheme, name = '', port, target = '/'] = match;
      const secure = scheme === 'wss';
      const key = `${scheme}://${name}:${port ?? ''}`;
      const host = port === undefined ? name : `${name}:${port}`;
      found.set(key, {
        scheme: secure ? 'https' : 'http',
        host,
        port: Number(port ?? (secure ? 443 : 80)),
        target,
      });
    }
  }
  return [...found.values()].slice(0, MOST_SERVERS);
}

function destinations(servers: readonly Destination[], group: LogGroup): readonly Destination[] {
  const named = [group.host, group.server].filter((name) => name !== null);
  const matching = servers.filter(({ host }) => named.some((name) => sameName(host, name)));
  if (matching.length > 0) return matching;
  const [host] = named;
  return host === undefined ? servers : servers.map((server) => ({ ...server, host }));
}

function sameName(host: string, name: string): boolean {
  return host.replace(/:\d+$/, '').toLowerCase() === name.replace(/:\d+$/, '').toLowerCase();
}
