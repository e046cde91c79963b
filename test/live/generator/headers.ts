import { add, addScalar, include } from './blocks';
import type { Level, World } from './blocks';

const UPGRADE = [
  [60, '$http_upgrade'],
  [6, '"$http_upgrade"'],
  [5, '${http_upgrade}'],
  [4, '$HTTP_Upgrade'],
  [5, 'websocket'],
  [2, '"WebSocket"'],
  [3, '""'],
  [3, '$http_upgrde'],
  [2, '$http_connection'],
  [6, '$upgrade_kind'],
  [1, '"$http_upgrade, h2c"'],
  [1, '\\$http_upgrade'],
] as const;

const CONNECTION = [
  [40, '$connection_upgrade'],
  [16, '"upgrade"'],
  [6, 'Upgrade'],
  [6, '$http_connection'],
  [5, '""'],
  [4, 'close'],
  [4, 'keep-alive'],
  [4, '"keep-alive, Upgrade"'],
  [2, "'upgrade, close'"],
  [8, '$connection_second'],
  [3, '$connection_third'],
  [3, '$tag'],
  [2, '"$http_upgrade"'],
] as const;

const HOST = [
  [8, '$host'],
  [6, '$http_host'],
  [3, '$proxy_host'],
  [3, '$host:$server_port'],
  [2, 'app.test'],
  [1, '""'],
  [1, '$server_name'],
  [1, '$http_missing'],
] as const;

/** Values for headers of no consequence to the handshake: they show what nginx made of its variables. */
const SHOWN = [
  '$uri',
  '$document_uri',
  '$request_uri',
  '$args',
  '$query_string',
  '$is_args',
  '$arg_token',
  '$arg_none',
  '$scheme',
  '$https',
  '$server_name',
  '$server_port',
  '$request_method',
  '$server_protocol',
  '$http_x_token',
  '$http_user_agent',
  '$cookie_sid',
  '$content_type',
  '$content_length',
  '$proxy_host',
  '$proxy_port',
  '$1',
  '$2',
  '"[$1|$2]"',
  '$tag',
  '$room_of',
  '$kind_of_host',
  '"a $tag b"',
  '"${scheme}://${host}${uri}"',
  'plain',
  '"two words"',
  "'semi;colon {and} #hash'",
  '"quo\\"ted \\\\ \\x"',
  '""',
  '$http_accept_language',
  '$http_x_twice',
] as const;

const NAMES = ['X-One', 'X-Two', 'X-Three', 'x-lower', 'X-UPPER', 'X_Under', 'X-Token', 'Cookie', 'Accept-Language'];

const ODD = [
  ['Accept-Encoding', '""'],
  ['Origin', '""'],
  ['Origin', '$scheme://$host'],
  ['Sec-WebSocket-Extensions', '""'],
  ['Sec-WebSocket-Protocol', '$http_sec_websocket_protocol'],
  ['Sec-WebSocket-Key', '$http_sec_websocket_key'],
  ['X-Forwarded-Proto', '$scheme'],
  ['X-Forwarded-Host', '$host'],
  ['X-Forwarded-Port', '$server_port'],
  ['Keep-Alive', 'x'],
  ['TE', 'trailers'],
  ['Expect', '""'],
  ['Content-Type', '$http_content_type'],
] as const;

/** A value whose variables are defined in this tree. */
export function shownValue(world: World): string {
  const { random } = world;
  if (world.captures.size > 0 && random.chance(0.15)) return `$${random.pick([...world.captures])}`;
  if (random.chance(0.12)) return `$${random.pick(world.mapped)}`;
  return random.pick(SHOWN);
}

/** Spells a header's name in one of the ways that mean the same. */
function spell(name: string, world: World): string {
  return world.random.weighted([
    [12, name],
    [2, name.toLowerCase()],
    [1, name.toUpperCase()],
    [1, `"${name}"`],
  ]);
}

/** proxy_set_header lines of a level: what a handshake needs (mostly), and others. */
export function addHeaders(level: Level, world: World): void {
  const { random } = world;
  const careful = world.careful && random.chance(0.85);
  if (careful) addHandshake(level, world);
  const handshake = !careful && random.chance(0.8);
  if (handshake && random.chance(0.95))
    add(level, 'proxy_set_header', spell('Upgrade', world), random.weighted(UPGRADE));
  if (handshake && random.chance(0.95)) {
    add(level, 'proxy_set_header', spell('Connection', world), random.weighted(CONNECTION));
  }
  if (random.chance(0.5)) add(level, 'proxy_set_header', spell('Host', world), random.weighted(HOST));
  for (let count = random.int(3); count > 0; count--) {
    add(level, 'proxy_set_header', random.pick(NAMES), shownValue(world));
  }
  if (random.chance(0.2)) add(level, 'proxy_set_header', ...random.pick(ODD));
  if (random.chance(0.02)) add(level, 'proxy_set_header', 'X-Real-IP', '$remote_addr');
  if (random.chance(0.02)) add(level, 'proxy_set_header', 'X-Forwarded-For', '$proxy_add_x_forwarded_for');
  if (random.chance(0.02))
    add(level, 'proxy_set_header', random.pick(['Sec-WebSocket-Key', 'Sec-WebSocket-Version']), '""');
  if (random.chance(0.05)) addTwice(level, world);
}

/** What a working configuration has. */
function addHandshake(level: Level, world: World): void {
  addScalar(level, 'proxy_http_version', '1.1');
  add(level, 'proxy_set_header', spell('Upgrade', world), '$http_upgrade');
  const value = world.random.pick(['$connection_upgrade', '"upgrade"', 'Upgrade', '$connection_second']);
  add(level, 'proxy_set_header', spell('Connection', world), value);
}

function addTwice(level: Level, world: World): void {
  const [name, values] = world.random.pick([
    ['Connection', CONNECTION],
    ['Upgrade', UPGRADE],
    ['Host', HOST],
  ] as const);
  add(level, 'proxy_set_header', spell(name, world), world.random.weighted(values));
}

/** Settings that proxying takes from any level: http, server or location. */
export function addProxySettings(level: Level, world: World, wanted: number): void {
  const { random } = world;
  if (random.chance(wanted)) {
    if (random.chance(0.3)) include(level, random.pick(world.snippets));
    else addHeaders(level, world);
    if (random.chance(0.1)) include(level, random.pick(world.snippets));
  }
  if (random.chance(wanted * 0.9)) {
    addScalar(
      level,
      'proxy_http_version',
      random.weighted([
        [14, '1.1'],
        [1, '1.0'],
        [2, '"1.1"'],
      ]),
    );
  }
  addRareSettings(level, world);
}

function addRareSettings(level: Level, world: World): void {
  const { random } = world;
  if (random.chance(0.1))
    addScalar(level, 'proxy_read_timeout', random.pick(['60', '1h', '3600s', '"1h 30m"', '86400000ms']));
  if (random.chance(0.05)) addScalar(level, 'proxy_send_timeout', random.pick(['60', '5m']));
  if (random.chance(0.05)) addScalar(level, 'proxy_connect_timeout', random.pick(['5s', '90']));
  if (random.chance(0.006)) addScalar(level, random.pick(['proxy_read_timeout', 'proxy_connect_timeout']), '0');
  if (random.chance(0.04)) addScalar(level, 'proxy_buffering', random.pick(['on', 'off']));
  if (random.chance(0.012)) addScalar(level, 'proxy_pass_request_headers', random.pick(['off', 'off', 'on']));
  if (random.chance(0.01)) addScalar(level, 'proxy_method', random.pick(['POST', 'GET', '$request_method']));
  if (random.chance(0.02)) addScalar(level, 'proxy_redirect', 'off');
  if (random.chance(0.02))
    add(level, 'proxy_hide_header', random.pick(['Upgrade', 'Sec-WebSocket-Accept', 'X-Powered-By', 'Connection']));
  if (random.chance(0.02)) add(level, 'proxy_pass_header', random.pick(['Server', 'Upgrade', 'X-Accel-Expires']));
  if (random.chance(0.03)) addResponseHeader(level, world);
}

function addResponseHeader(level: Level, world: World): void {
  const [name, value, ...flags] = world.random.pick([
    ['X-Frame-Options', 'DENY', 'always'],
    ['Upgrade', 'websocket', 'always'],
    ['Upgrade', 'websocket'],
    ['Connection', 'upgrade', 'always'],
    ['Sec-WebSocket-Protocol', 'x', 'always'],
    ['Upgrade', '""', 'always'],
    ['Sec-WebSocket-Accept', '$http_missing', 'always'],
  ] as const);
  add(level, 'add_header', name, value, ...flags);
}
