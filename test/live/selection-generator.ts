import type { Random } from './random';

/** Variables that the generated regexes capture. */
export const NAMED = ['na', 'nb'] as const;

const NAMES = [
  ...['a.test', 'b.a.test', 'c.b.a.test', 'A.Test', 'x', 'www.a.test', '_', '""', 'a.test.', '[::1]', '127.0.0.1'],
  ...['*.a.test', '*.b.a.test', '.a.test', '.b.a.test', '*.test', '.test', 'www.*', 'www.a.*', 'b.*', 'a.*', '.x'],
  ...[
    '"~^(?<na>\\w+)\\.a\\.test$"',
    '~^www\\.(.+)$',
    '~^(?<nb>[abc])\\.',
    '~\\.TEST$',
    '"~^(?!www)(\\w{1,3})\\.(?<na>.+)$"',
  ],
  ...['~^b', '~(?i)^C\\.', '"~^(?P<na>a|b)(?<nb>\\..*)?$"'],
] as const;

/** Server blocks on the ports; each answers with what it and its location are, the URI and the captures. */
export function serverBlocks(random: Random, ports: readonly number[]): string {
  const defaults = new Set<string>();
  const count = 4 + random.int(7);
  return Array.from({ length: count }, (_, index) => serverBlock(random, ports, index, defaults)).join('\n');
}

function serverBlock(random: Random, ports: readonly number[], index: number, defaults: Set<string>): string {
  const id = `s${index}`;
  // The first ones see to it that every port has somebody for every address.
  const listens = index < ports.length ? [`${ports[index]}`] : [];
  const others = random
    .shuffle(ports.flatMap(addresses))
    .slice(0, index < ports.length ? random.int(3) : 1 + random.int(3));
  const unique = new Map([...listens, ...others].map((text) => [canonical(text), text]));
  const lines = [...unique].map(([key, text]) => `listen ${text}${defaultServer(random, key, defaults)};`);
  if (random.chance(0.85))
    lines.push(
      `server_name ${random
        .shuffle(NAMES)
        .slice(0, 1 + random.int(3))
        .join(' ')};`,
    );
  if (random.chance(0.3)) lines.push(`merge_slashes ${random.pick(['on', 'off', 'off'])};`);
  lines.push(`set $server ${id}; add_header X-Server ${id} always;`);
  lines.push(...locations(random, `${id}l`, null, 0));
  return `server {\n${random.shuffle(lines).join('\n')}\n}`;
}

function addresses(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `127.0.0.2:${port}`, `*:${port}`, `[::]:${port}`];
}

function canonical(listen: string): string {
  return listen.startsWith('[') || listen.includes('.') ? listen : listen.replace(/^\*:/, '');
}

function defaultServer(random: Random, key: string, defaults: Set<string>): string {
  if (defaults.has(key) || !random.chance(0.25)) return '';
  defaults.add(key);
  return ' default_server';
}

const PARTS = ['/', '/a', '/a/', '/b', 'b', 'a', '/', '.', '-', '/ab/', '/a b/', '/\xe9/', '/.a', '/+'] as const;

const REGEXES = [
  ...[
    '^/a',
    '/b$',
    '\\.a$',
    '^/(a|b)/',
    '(a)(b)?',
    '^/(?<na>[ab]+)',
    '/(?<nb>[^/]+)$',
    '^/a/.*b',
    '//',
    '\\.\\.',
    '%',
    ' ',
  ],
  ...[
    '^/(?!a)',
    '^/(?:ab?)+/?$',
    'b{1,2}$',
    '^/[[:alpha:]]/',
    '(?i)^/A',
    '^/.$',
    '(?<na>a)|(?<nb>b)',
    '/a',
    '/',
    '/b',
    '\\xe9',
  ],
  ...['^/(\\w)\\w*/(\\w+)', '^(/[^/]+)++/$', '(.)\\1', '[?#+]', '^/(?>a*)b', '(?<=/)b', '^/\\Qa.\\E', '/$', '^.{3,5}$'],
] as const;

interface Parent {
  readonly name: string;
}

/** Locations of one level. Static ones of a nested level must begin with the name of what is around them. */
function locations(random: Random, id: string, parent: Parent | null, depth: number): string[] {
  const taken = new Set<string>();
  const count = depth === 0 ? 3 + random.int(8) : random.int(4);
  return Array.from({ length: count }, (_, index) => location(random, `${id}${index}`, parent, depth, taken)).flat();
}

function location(random: Random, id: string, parent: Parent | null, depth: number, taken: Set<string>): string[] {
  const modifier = random.pick(['', '', '', '=', '^~', '~', '~', '~*']);
  const regex = modifier.startsWith('~');
  const name = regex ? random.pick(REGEXES) : staticName(random, parent);
  const key = `${modifier === '=' ? '=' : regex ? id : ''}${name}`;
  if (taken.has(key)) return [];
  taken.add(key);
  const inner =
    modifier === '=' || depth > 2 || !random.chance(0.35) ? [] : locations(random, `${id}n`, { name }, depth + 1);
  const proxied = random.chance(0.5) ? ['proxy_pass http://127.0.0.1:1;'] : [];
  const body = `return 200 "${id} $uri?$args $host <$1><$2><$na><$nb>";`;
  const lines = [`set $location ${id};`, body, ...proxied, ...inner];
  return [`location ${words(random, modifier, name)} {\n${lines.join('\n')}\n}`];
}

function staticName(random: Random, parent: Parent | null): string {
  const start = parent?.name ?? (random.chance(0.95) ? '/' : '');
  const more = Array.from({ length: random.int(4) }, () => random.pick(PARTS)).join('');
  return parent === null && start === '/' ? `/${more.replace(/^\//, '')}` : start + more;
}

/** Both ways of writing a modifier, quoted where nginx's reader would split the word. */
function words(random: Random, modifier: string, name: string): string {
  const quoted = (text: string): string =>
    /[\s{};"'\\]|^$|^#/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
  if (modifier === '') return quoted(name);
  return random.chance(0.3) ? quoted(modifier + name) : `${modifier} ${quoted(name)}`;
}

const PIECES = [
  ...[
    'a',
    'b',
    'ab',
    '/',
    '/',
    '/',
    '.',
    '..',
    '/..',
    '/../',
    '/./',
    '//',
    '%61',
    '%2F',
    '%2e',
    '%2E%2e/',
    '%25',
    '%3f',
    '%23',
  ],
  ...[
    '%00',
    '%',
    '%g1',
    '+',
    '%2B',
    '-',
    '\xe9',
    '%C3%A9',
    '%20',
    'A',
    '.a',
    '~',
    '&',
    ';',
    '"',
    "'",
    '<',
    '|',
    '\x7f',
    '\x01',
  ],
] as const;

/** Rather harmless ones, so that most requests get somewhere. */
const PLAIN = [
  'a',
  'b',
  'ab',
  '/',
  '/',
  '/',
  '.',
  'a/',
  'b/',
  '-',
  '%61',
  '%2F',
  '//',
  '/./',
  'c/../',
  '+',
  '\xe9',
  '%20',
] as const;

/** A request target; `names` are those of the tree's locations, to be hit, or missed by a slash. */
export function targetFor(random: Random, names: readonly string[]): string {
  if (random.chance(0.4)) return near(random, random.pick(names));
  const pieces = random.chance(0.85) ? PLAIN : PIECES;
  const path = Array.from({ length: random.int(7) }, () => random.pick<string>(pieces)).join('');
  const tail = random.weighted<string>([
    [6, ''],
    [2, '?x=1'],
    [1, '?'],
    [1, '?a//b/../%41#f?g'],
    [1, '#f?x'],
  ]);
  const start = random.weighted<string>([
    [30, '/'],
    [1, ''],
    [1, 'http://a.test/'],
    [1, 'http://b.a.test:81'],
    [1, 'https://WWW.a.test./'],
    [1, 'x+y://[::1]:80/'],
    [1, 'http:///'],
    [1, '*'],
  ]);
  return start + path + tail;
}

function near(random: Random, name: string): string {
  const path = random.pick([name, name.replace(/\/$/, ''), `${name}a`, `${name}/b`]).replace(/[ %?#]/g, escape);
  return (path.startsWith('/') ? path : `/${path}`) + random.pick(['', '', '?', '?a=b&c']);
}

const HOSTS = [
  ...[
    'a.test',
    'b.a.test',
    'c.b.a.test',
    'd.c.b.a.test',
    'A.TEST',
    'x',
    'y.x',
    'www.a.test',
    'www.a',
    'www',
    'www.b.c',
    '_',
    'b.c',
  ],
  ...[
    'a.test.',
    'x.test',
    'test',
    '.a.test',
    '[::1]',
    '127.0.0.1',
    'abc.d',
    'a.b',
    'c.d',
    'bb.test',
    'C.x',
    'zz.test',
    'a.test.test',
  ],
] as const;

const ODD_HOSTS = [
  'a..test',
  'a.test/',
  'a b',
  '',
  '.',
  '[::1',
  '[::1]x',
  'a_b.test',
  'a%20.test',
  'a"b',
  'a.test:x',
  'a.test:99999',
  ':80',
  '\xe9.test',
  'a.test..',
] as const;

export function hostFor(random: Random): string | null {
  if (random.chance(0.02)) return null;
  if (random.chance(0.06)) return random.pick(ODD_HOSTS);
  return (
    random.pick(HOSTS) +
    random.weighted([
      [6, ''],
      [1, ':80'],
      [1, ':8080'],
      [1, ':'],
    ])
  );
}
