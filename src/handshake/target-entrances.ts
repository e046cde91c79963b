import { listensBy, speaksTls } from '../model/listens';
import type { Listen } from '../model/listens';
import { compileRegex, isRegex, matchRegex } from '../model/regex/regex';
import type { Regex } from '../model/regex/regex';
import { samplesFor } from '../model/regex/sample';
import type { Configuration, Scope } from '../model/scope';
import { once } from '../text/once';
import { hostsLetBy, wholeName } from './target-hosts';

/** A port that a server listens on. */
export interface Port {
  readonly port: number;
  readonly scheme: 'http' | 'https';
}

/** Where a request for a server comes in, and the name it asks for. */
export interface Entrance extends Port {
  readonly name: string;
}

const NAMES = 3;
/** Names past the first ones that are tried when those lead elsewhere. */
const MORE_NAMES = 6;
const MOST_WORDS = 50;

const knownPorts = new WeakMap<Scope, readonly Port[]>();

/** Ports of a server, those with TLS first: browsers prefer wss. */
export function portsOf(configuration: Configuration, server: Scope): readonly Port[] {
  let ports = knownPorts.get(server);
  if (ports === undefined) knownPorts.set(server, (ports = findPorts(configuration, server)));
  return ports;
}

function findPorts(configuration: Configuration, server: Scope): readonly Port[] {
  const ports = new Map<number, Port>();
  for (const listen of listensBy(configuration, server)) {
    if (!listen.quic && listen.port !== null && !ports.has(listen.port))
      ports.set(listen.port, portOf(configuration, listen));
  }
  const all = [...ports.values()];
  return [...all.filter(({ scheme }) => scheme === 'https'), ...all.filter(({ scheme }) => scheme === 'http')];
}

function portOf(configuration: Configuration, { port }: Listen): Port {
  return { port: port ?? 0, scheme: speaksTls(configuration, port ?? 0) ? 'https' : 'http' };
}

/** Ways into a server: by the names wanted, by its usual ones, and by unusual ones, which may reach what those do not. */
export function* entrancesOf(
  configuration: Configuration,
  server: Scope,
  wanted: readonly string[],
): Generator<Entrance> {
  const ports = portsOf(configuration, server);
  const usual = wanted.length === 0 ? namesOf(server) : [...new Set([...wanted, ...namesOf(server)])];
  for (const port of ports) for (const name of usual) yield { ...port, name };
  const others = otherNames(server, usual);
  for (const port of ports) {
    for (const name of [...others, ...addressNames(configuration, server, port)]) yield { ...port, name };
  }
}

/** Names that lead to a server: exact ones, what wildcards and regexes accept, then what a default server may take. */
export const namesOf = once((server: Scope): readonly string[] => [...new Set([...firstNames(server), 'localhost'])]);

function firstNames(server: Scope): readonly string[] {
  const names: string[] = [];
  for (const word of wordsOf(server)) {
    names.push(...nameFrom(word.toLowerCase(), word));
    if (names.length >= NAMES) return names.slice(0, NAMES);
  }
  return names;
}

/** The first ones: a server may have thousands. */
function wordsOf(server: Scope): readonly string[] {
  return server
    .own('server_name')
    .slice(0, MOST_WORDS)
    .flatMap(({ directive }) => directive.args.slice(0, MOST_WORDS))
    .slice(0, MOST_WORDS);
}

function nameFrom(name: string, word: string): readonly string[] {
  if (word.startsWith('~')) return sampled(word, 2);
  if (name === '_') return [];
  if (name.startsWith('*.')) return [`www${name.slice(1)}`];
  if (name.startsWith('.')) return [name.slice(1)];
  const plain = name.endsWith('.*') ? `${name.slice(0, -1)}com` : name;
  // A placeholder of a guide, `<your domain>`, is no name that a request could have.
  return /^[\w.-]+$/.test(plain) ? [plain] : [];
}

function sampled(word: string, most: number): readonly string[] {
  const regex = compileRegex(word.slice(1), true);
  if (!isRegex(regex)) return [];
  const names = samplesFor(regex, most).map(wholeName);
  return names.filter((name) => isMatch(regex, name));
}

function isMatch(regex: Regex, name: string): boolean {
  const match = matchRegex(regex, name);
  return match !== null && match !== 'unknown';
}

/**
 * Those that its conditions let in, the names past the first, other ones that wildcards and regexes accept, one that no server is likely to have (a
 * default server's), and `_`, which is a name like any other to nginx.
 */
function otherNames(server: Scope, usual: readonly string[]): readonly string[] {
  const words = wordsOf(server);
  const written = words.flatMap((word) => [...nameFrom(word.toLowerCase(), word), ...alternatives(word)]);
  const names = [...hostsLetBy(server), ...written];
  const others = [...new Set(names)].filter((name) => !usual.includes(name)).slice(0, MORE_NAMES);
  return [...others, 'other.example', ...words.filter((word) => word === '_')];
}

function alternatives(word: string): readonly string[] {
  if (word.startsWith('~')) return sampled(word, 4);
  const name = word.toLowerCase();
  if (name.startsWith('*.')) return [`ws${name.slice(1)}`, `a.b${name.slice(1)}`];
  if (name.startsWith('.')) return [`www${name}`, `a.b${name}`];
  return name.endsWith('.*') ? [`${name.slice(0, -1)}example`] : [];
}

/** The addresses that a server listens on: of several servers on one port the address may decide. */
function addressNames(configuration: Configuration, server: Scope, { port }: Port): readonly string[] {
  const listens = listensBy(configuration, server).filter((listen) => listen.port === port && !listen.wildcard);
  return [
    ...listens.filter(({ family }) => family === 'inet').map(({ address }) => address),
    ...listens.filter(({ family }) => family === 'inet6').map(({ address }) => `[${address}]`),
  ];
}
