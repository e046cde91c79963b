import { block, directive } from '../tree';
import type { Node } from '../tree';
import { add, addScalar, newLevel } from './blocks';
import type { Level, World } from './blocks';
import { addProxySettings, shownValue } from './headers';

/** Where a location stands and what may be written in it. */
export interface Place {
  readonly kind: 'prefix' | 'exact' | 'regex' | 'named';
  /** The words between `location` and `{`. */
  readonly words: readonly string[];
  /** A prefix location's own text, without quotes: nested ones start with it. */
  readonly prefix: string;
  readonly depth: number;
}

const SEGMENTS = [
  'ws',
  'chat',
  'api',
  'live',
  'socket.io',
  'app',
  'WS',
  'room',
  'old',
  'a b',
  'v1',
  'static',
  'ws-x',
  'feed.json',
];

/** Regexes with targets that they match; captures are named in the regex itself. */
const REGEXES: readonly (readonly [regex: string, ...samples: string[]])[] = [
  ['^/ws/(\\w+)$', '/ws/room1', '/ws/Ab_9'],
  ['^/(?<room>[a-z]+)/chat', '/live/chat', '/app/chat/x'],
  ['\\.json$', '/ws/feed.json', '/x.json'],
  ['\\.(js|css|png)$', '/static/a.js', '/ws/x.css'],
  ['^/ws', '/ws/deep/er', '/wsx'],
  ['/(ws|wss|socket)$', '/app/ws', '/live/socket'],
  ['^/api/v(\\d+)/(.*)$', '/api/v2/stream/x', '/api/v10/'],
  ['^/(.*)/$', '/live/', '/a/b/'],
  ['"^/a b/"', '/a%20b/c'],
  ['"^/v[0-9]{1,2}/(?<rest>.+)"', '/v1/live', '/v12/x/y'],
  ['^/(?!api)[^.]*$', '/chatter', '/room/7'],
  ['(?i)^/CHAT', '/chat/1', '/Chat'],
  ['^/u/([^/]+)/?$', '/u/me', '/u/you/'],
  ['.', '/anything'],
  ['^/$', '/'],
  ['^/(?<first_part>\\w+)/(?<second_part>\\w+)$', '/live/room', '/app/v1'],
  ['^/socket\\.io/', '/socket.io/?EIO=4&transport=websocket'],
  ['[^a-z/]', '/ROOM', '/r00m'],
  ['"\\d{3}$"', '/room/123'],
  ['^/(a|b)*c', '/abac', '/c'],
  ['^(?:/x)?/y+(z)?$', '/x/yy', '/yz'],
];

const CONDITIONS: readonly (readonly [number, readonly string[]])[] = [
  [10, ['($http_upgrade)']],
  [6, ['($http_upgrade', '=', 'websocket)']],
  [2, ['($http_upgrade', '=', '"WebSocket")']],
  [5, ['($http_upgrade', '~*', 'websocket)']],
  [3, ['($http_upgrade', '!=', 'websocket)']],
  [2, ['($http_upgrade', '!~*', '^websocket$)']],
  [5, ['($http_connection', '~*', 'upgrade)']],
  [2, ['($http_connection', '=', '"upgrade")']],
  [1, ['($http_connection', '~', 'Upgrade$)']],
  [4, ['($request_method', '=', 'POST)']],
  [2, ['($request_method', '!~', '^(GET|HEAD)$)']],
  [2, ['($args', '~', '"token=(\\w+)")']],
  [3, ['($arg_token)']],
  [2, ['($arg_token', '=', '"")']],
  [2, ['($is_args', '=', '"?")']],
  [2, ['($host', '~*', '"^(.+)\\.app\\.test$")']],
  [2, ['($uri', '~', '^/ws)']],
  [1, ['($uri', '!~', '^/ws)']],
  [1, ['($http_origin', '~*', '"^https?://([^/:]+)")']],
  [1, ['($scheme', '=', 'http)']],
  [3, ['($tag', '=', 'lobby)']],
  [1, ['($tag)']],
  [2, ['($cookie_sid)']],
  [2, ['($http_x_token', '!=', '"")']],
  [2, ['($room_of', '=', 'none)']],
  [1, ['($request_uri', '~', '"^/[^?]*//")']],
];

/** A condition in the words of an `if`; rarely about a file (there is none). */
export function condition(world: World): readonly string[] {
  return ['if', ...world.random.weighted(CONDITIONS)];
}

/** Locations inside a server (`parent` null) or inside a location. */
export function makeLocations(world: World, parent: Place | null, named: readonly string[]): Node[] {
  const { random } = world;
  const depth = parent === null ? 0 : parent.depth + 1;
  const seen = new Set<string>();
  const nodes: Node[] = [];
  for (let count = parent === null ? 2 + random.int(5) : 1 + random.int(3); count > 0; count--) {
    const place = choosePlace(world, parent, depth);
    const key = place.kind === 'exact' ? `=${place.prefix}` : place.prefix;
    if (place.kind !== 'regex' && seen.has(key)) continue;
    seen.add(key);
    nodes.push(block(['location', ...place.words], makeBody(world, place, named)));
  }
  return nodes;
}

function choosePlace(world: World, parent: Place | null, depth: number): Place {
  const { random } = world;
  if (parent?.kind === 'regex' || random.chance(0.3)) return regexPlace(world, depth);
  const prefix = choosePrefix(world, parent);
  world.targets.push(...targetsBelow(world, prefix));
  const word = /[ ]/.test(prefix) || random.chance(0.05) ? `"${prefix}"` : prefix;
  const modifier = random.weighted([
    [60, ''],
    [16, '='],
    [12, '^~'],
  ]);
  const glued = random.chance(0.1) && !word.startsWith('"');
  const words = modifier === '' ? [word] : glued ? [modifier + word] : [modifier, word];
  return { kind: modifier === '=' ? 'exact' : 'prefix', words, prefix, depth };
}

function choosePrefix(world: World, parent: Place | null): string {
  const { random } = world;
  if (parent === null && random.chance(0.3)) return '/';
  const start =
    parent === null
      ? '/'
      : parent.prefix.endsWith('/')
        ? parent.prefix
        : `${parent.prefix}${random.pick(['/', '/', '', '-'])}`;
  return (
    start +
    random.pick(SEGMENTS) +
    random.weighted([
      [5, ''],
      [5, '/'],
      [1, `/${random.pick(SEGMENTS)}`],
    ])
  );
}

function targetsBelow(world: World, prefix: string): string[] {
  const { random } = world;
  const encoded = prefix.replaceAll(' ', '%20');
  const bare = encoded.length > 1 ? encoded.replace(/\/$/, '') : encoded;
  return [
    encoded,
    encoded,
    bare,
    `${encoded}${random.pick(['x', '/x', 'room1', 'feed.json', 'chat', '%2Fx', 'a/b/c'])}`,
  ];
}

function regexPlace(world: World, depth: number): Place {
  const [regex, ...samples] = world.random.pick(REGEXES);
  world.targets.push(...samples);
  for (const [, name = ''] of regex.matchAll(/\(\?<(\w+)>/g)) world.captures.add(name);
  const modifier = world.random.pick(['~', '~', '~*']);
  const glued = world.random.chance(0.06) && !regex.startsWith('"');
  return { kind: 'regex', words: glued ? [modifier + regex] : [modifier, regex], prefix: regex, depth };
}

export function makeNamed(world: World, name: string): Node {
  const place: Place = { kind: 'named', words: [name], prefix: name, depth: 0 };
  return block(['location', name], makeBody(world, place, []));
}

export function makeBody(world: World, place: Place, named: readonly string[]): Node[] {
  const { random } = world;
  const level = newLevel();
  addProxySettings(level, world, 0.55);
  addRewriting(level, world, place);
  addHandler(level, world, place, named);
  addAccess(level, world);
  const nestable = place.kind === 'prefix' || place.kind === 'regex';
  if (nestable && place.depth < 3 && random.chance(place.depth === 0 ? 0.25 : 0.2)) {
    level.nodes.push(...makeLocations(world, place, named));
  }
  return random.chance(0.3) ? random.shuffle(level.nodes) : level.nodes;
}

function addHandler(level: Level, world: World, place: Place, named: readonly string[]): void {
  const { random } = world;
  const kind = random.weighted([
    [70, 'proxy'],
    [5, 'return'],
    [6, 'static'],
    [named.length > 0 ? 6 : 0, 'try'],
    [2, 'gif'],
    [2, 'none'],
    [named.length > 0 ? 3 : 0, 'teapot'],
  ]);
  if (kind === 'proxy') addProxy(level, world, place);
  if (kind === 'return') add(level, ...returnWords(world));
  if (kind === 'static') addStatic(level, world, place);
  if (kind === 'try') addTry(level, world, named);
  if (kind === 'gif') addScalar(level, 'empty_gif');
  if (kind === 'teapot') {
    const code = random.pick(['418', '403', '503']);
    add(level, 'error_page', code, random.pick(['=', '=', '=200']), random.pick(named));
    add(level, 'return', code);
  }
  if (random.chance(0.015)) addScalar(level, 'empty_gif');
  // Refused, or another thing altogether, on one side of a version.
  if (random.chance(0.004)) addScalar(level, 'proxy_http_version', '2');
  if (random.chance(0.002)) add(level, 'proxy_set_header', 'Host', '$host$is_request_port$request_port');
}

function addProxy(level: Level, world: World, place: Place): void {
  const { random } = world;
  addScalar(
    level,
    'proxy_pass',
    proxyTarget(world, place.kind === 'prefix' || place.kind === 'exact', place.kind === 'regex'),
  );
  if (random.chance(0.12)) level.nodes.push(ifBlock(world));
  if (random.chance(0.03)) {
    const body = random.pick([
      [directive('deny', 'all')],
      [directive('deny', 'all')],
      [directive('proxy_pass', proxyTarget(world, false, false))],
    ]);
    level.nodes.push(block(['limit_except', ...random.pick([['GET'], ['POST'], ['GET', 'POST'], ['HEAD']])], body));
  }
}

/** What a proxy_pass may name; `uri`: a URI part is allowed here; `captures`: `$1` makes sense. */
export function proxyTarget(world: World, uri: boolean, captures: boolean): string {
  const { random } = world;
  const base = random.weighted([
    [8, 'http://127.0.0.1:19001'],
    [4, 'http://127.0.0.1:19002'],
    [5, `http://${random.pick(world.upstreams)}`],
    [1, 'http://UP_A'],
  ]);
  if (captures && random.chance(0.25))
    return base + random.pick(['/$1', '/$1$is_args$args', '/c/$1/$2', '/$tag/$1?x=$2']);
  if (random.chance(0.08)) {
    return random.pick([
      'http://$backend_of',
      'http://$backend_of$request_uri',
      'http://$backend_of/fixed',
      'http://$backend_of$uri$is_args$args',
    ]);
  }
  if (random.chance(0.05))
    return base + random.pick(['$request_uri', '$uri', '/p$uri$is_args$args', '/?u=$uri', '/$shape', '/$tag']);
  if (random.chance(0.03))
    return uri ? `http://unix:/tmp/nwl-backend.sock:${random.pick(['/', '/u'])}` : 'http://unix:/tmp/nwl-backend.sock:';
  if (!uri || random.chance(0.6)) return base;
  return base + random.pick(['/', '/', '/sub/', '/sub', '/a%20b/', '/q?x=1', '/%7Eme/']);
}

function addStatic(level: Level, world: World, place: Place): void {
  const { random } = world;
  // The document root is there and empty.
  const slashed = place.kind === 'prefix' && place.prefix.endsWith('/');
  if (slashed && random.chance(0.5)) addScalar(level, 'alias', 'html/');
  else addScalar(level, 'root', 'html');
  if (random.chance(0.3)) add(level, 'index', 'index.html');
}

function addTry(level: Level, world: World, named: readonly string[]): void {
  const { random } = world;
  const last = random.weighted([
    [8, random.pick(named)],
    [2, '=404'],
    [1, '=403'],
    [3, '/ws'],
    [1, '/live/?x=$args'],
  ]);
  const tried = random.pick([['$uri'], ['$uri', '$uri/index.html'], ['/none$uri'], ['/missing.html']]);
  addScalar(level, 'try_files', ...tried, last);
  if (random.chance(0.15)) addScalar(level, 'proxy_pass', 'http://127.0.0.1:19001');
}

function addAccess(level: Level, world: World): void {
  const { random } = world;
  if (random.chance(0.02)) add(level, 'deny', 'all');
  if (random.chance(0.02)) add(level, 'allow', 'all');
  if (random.chance(0.015)) {
    addScalar(level, 'auth_basic', random.pick(['"realm"', '"realm"', 'off']));
    addScalar(level, 'auth_basic_user_file', 'users');
  }
  if (random.chance(0.02)) addScalar(level, 'internal');
  if (random.chance(0.01)) addScalar(level, 'satisfy', random.pick(['any', 'all']));
  if (random.chance(0.02)) add(level, 'error_page', ...errorPage(world));
  if (random.chance(0.015))
    addScalar(level, 'auth_request', random.pick(['/auth-ok', '/auth-no', '/auth-proxied', '/auth-inherits', 'off']));
  if (random.chance(0.01)) add(level, 'mirror', '/mirrored');
}

export function errorPage(world: World): readonly string[] {
  return world.random.pick([
    ['404', '/ws'],
    ['404', '=', '/live'],
    ['404', '=200', '/ws/x'],
    ['403', '401', '/app'],
    ['403', '=302', 'http://other.test/no'],
    ['500', '502', '503', '504', '/oops'],
    ['405', '=', '/ws'],
    ['404', 'https://other.test$request_uri'],
  ]);
}

/** Rewrite-module lines of a location, in the order they run. */
function addRewriting(level: Level, world: World, place: Place): void {
  const { random } = world;
  if (random.chance(0.1))
    add(level, 'set', '$tag', random.pick(['lobby', 'upgrade', '$1', '"$tag+"', '$uri', '0', '""', '$args']));
  if (random.chance(0.09)) add(level, ...rewriteWords(world));
  if (random.chance(0.1)) level.nodes.push(ifBlock(world));
  if (random.chance(0.02)) add(level, 'break');
  if (random.chance(0.02) && place.kind !== 'named')
    add(level, 'set', '$args', random.pick(['x=1', '""', '$args&y=2']));
}

/** An `if` inside a location. */
function ifBlock(world: World): Node {
  const { random } = world;
  const body = random.weighted<() => Node[]>([
    [8, () => [directive('proxy_pass', proxyTarget(world, false, false))]],
    [6, () => [directive('proxy_pass', proxyTarget(world, false, false)), directive('break')]],
    [4, () => [directive(...returnWords(world))]],
    [4, () => [directive(...rewriteWords(world))]],
    [5, () => [directive('set', '$tag', shownValue(world))]],
    [2, () => [directive('break')]],
    [1, () => [directive('add_header', 'X-In', 'if')]],
    [
      1,
      () => [
        directive('set', '$tag', 'in'),
        directive('proxy_pass', proxyTarget(world, false, false)),
        directive(...rewriteWords(world)),
      ],
    ],
  ]);
  return block(condition(world), body());
}

export function returnWords(world: World): readonly string[] {
  return world.random.weighted<readonly string[]>([
    [4, ['return', '200', '"ok $uri"']],
    [2, ['return', '204']],
    [3, ['return', '301', 'https://$host$request_uri']],
    [2, ['return', '302', '/login']],
    [1, ['return', '307', '$scheme://$http_host/x$is_args$args']],
    [1, ['return', '308', '"/to?a=$arg_token"']],
    [1, ['return', 'https://other.test/']],
    [1, ['return', '303', 'relative']],
    [3, ['return', '403']],
    [4, ['return', '404']],
    [1, ['return', '444']],
    [2, ['return', '426', 'upgrade']],
    [1, ['return', '400']],
    [2, ['return', '503']],
    [1, ['return', '405']],
    [1, ['return', '500']],
  ]);
}

export function rewriteWords(world: World): readonly string[] {
  const { random } = world;
  const flag = random.weighted<readonly string[]>([
    [3, []],
    [4, ['last']],
    [5, ['break']],
    [1, ['redirect']],
    [1, ['permanent']],
  ]);
  const [regex, replacement] = random.pick([
    ['^/old/(.*)$', '/ws/$1'],
    ['^/ws/(.*)$', '/$1'],
    ['^/live(.*)$', '/app$1'],
    ['^/app$', '/app/'],
    ['^', '/ws'],
    ['^/(\\w+)/(\\w+)$', '/$2/$1'],
    ['^/chat$', '/room?from=chat'],
    ['^/room', '/ws?only=this?'],
    ['^/api/(.*)$', 'http://other.test/$1'],
    ['(?i)^/CHAT/(.*)', '/chat-$1'],
    ['^(.*)$', '/pre$1'],
    ['^/a.b', '"/x y/$tag"'],
    ['"/{2,}"', '/'],
    ['^/v\\d+(/.*)$', '$1'],
    ['^/socket.io/(.*)$', '/ws/$1?$args&sio=1?'],
    ['\\.json$', '/data$uri'],
    ['^/app/(?<tail>.*)$', '/t/$tail'],
  ] as const);
  if (regex.includes('<tail>')) world.captures.add('tail');
  return ['rewrite', regex, replacement, ...flag];
}
