import { LISTEN_PORTS, TLS_PORT, block, directive } from '../tree';
import type { Node } from '../tree';
import { add, addScalar, include, newLevel } from './blocks';
import type { Level, World } from './blocks';
import { addProxySettings, shownValue } from './headers';
import { condition, errorPage, makeLocations, makeNamed, returnWords, rewriteWords } from './locations';

/** Names of servers with hosts that they take. */
const NAMES: readonly (readonly [name: string, ...hosts: string[]])[] = [
  ['app.test', 'app.test', 'APP.test'],
  ['www.app.test', 'www.app.test'],
  ['*.app.test', 'x.app.test', 'a.b.app.test'],
  ['.app.test', 'app.test', 'sub.app.test'],
  ['app.*', 'app.example', 'app.co.uk'],
  ['live.test', 'live.test'],
  ['LIVE.Test', 'live.test'],
  ['www.live.*', 'www.live.org'],
  ['"~^(?<sub>[a-z]+)\\.rx\\.test$"', 'one.rx.test', 'two.rx.test'],
  ['~^(\\w+)\\.(\\w+)\\.num\\d*\\.test$', 'a.b.num1.test'],
  ['~^ws\\d+\\.', 'ws1.app.test', 'ws22.test'],
  ['_', '_'],
  ['""'],
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['app.test.', 'app.test'],
];

export interface Taken {
  /** Ports that some server of the tree listens on, and those whose default server is chosen. */
  readonly ports: Set<number>;
  readonly defaults: Set<number>;
}

/** The file of locations that servers share. */
export const SHARED = 'snippets/shared.conf';

export function makeServer(world: World, taken: Taken, first: boolean, shared: boolean): Node {
  const { random } = world;
  const level = newLevel();
  addListens(level, world, taken, first);
  addNames(level, world);
  if (first) add(level, 'set', '$tag', random.pick(['lobby', 'upgrade', 'none']));
  addSettings(level, world);
  addProxySettings(level, world, 0.3);
  addRewriting(level, world);
  const named = random.chance(0.45) ? ['@ws', '@fallback'].slice(0, 1 + random.int(2)) : [];
  level.nodes.push(...makeLocations(world, null, named), ...named.map((name) => makeNamed(world, name)));
  if (shared && random.chance(0.6)) add(level, 'include', SHARED);
  addHelpers(level);
  return block(['server'], level.nodes);
}

function addListens(level: Level, world: World, taken: Taken, first: boolean): void {
  const { random } = world;
  const port = first ? LISTEN_PORTS[0] : random.pick([...LISTEN_PORTS, LISTEN_PORTS[0], LISTEN_PORTS[0]]);
  addListen(level, world, taken, port, random.chance(0.004) ? ['http2'] : []);
  if (random.chance(0.004)) addScalar(level, 'http2', 'on');
  if (random.chance(0.2)) addListen(level, world, taken, TLS_PORT, ['ssl']);
  const other = random.pick(LISTEN_PORTS);
  if (other !== port && random.chance(0.2)) addListen(level, world, taken, other, []);
}

function addListen(level: Level, world: World, taken: Taken, port: number, flags: readonly string[]): void {
  taken.ports.add(port);
  const chosen = !taken.defaults.has(port) && world.random.chance(0.3);
  if (chosen) taken.defaults.add(port);
  const mark = chosen ? [world.random.pick(['default_server', 'default_server', 'default'])] : [];
  add(level, 'listen', `127.0.0.1:${port}`, ...world.random.shuffle([...flags, ...mark]));
}

function addNames(level: Level, world: World): void {
  const { random } = world;
  if (random.chance(0.12)) return;
  const chosen = random.shuffle(NAMES).slice(0, 1 + random.int(3));
  for (const [name, ...hosts] of chosen) {
    world.hosts.push(...hosts);
    for (const [, capture = ''] of name.matchAll(/\(\?<(\w+)>/g)) world.captures.add(capture);
  }
  add(level, 'server_name', ...chosen.map(([name]) => name));
}

function addSettings(level: Level, world: World): void {
  const { random } = world;
  if (random.chance(0.06)) addScalar(level, 'merge_slashes', 'off');
  if (random.chance(0.06)) addScalar(level, 'absolute_redirect', 'off');
  if (random.chance(0.06)) addScalar(level, 'port_in_redirect', 'off');
  if (random.chance(0.06)) addScalar(level, 'server_name_in_redirect', 'on');
  if (random.chance(0.05)) addScalar(level, 'underscores_in_headers', 'on');
  if (random.chance(0.04)) addScalar(level, 'ignore_invalid_headers', 'off');
  if (random.chance(0.06)) add(level, 'error_page', ...errorPage(world));
  if (random.chance(0.03)) addScalar(level, 'recursive_error_pages', 'on');
  if (random.chance(0.1)) addScalar(level, 'root', 'html');
  if (random.chance(0.02)) add(level, 'deny', 'all');
}

function addRewriting(level: Level, world: World): void {
  const { random } = world;
  if (random.chance(0.15)) add(level, 'set', '$tag', shownValue(world));
  if (random.chance(0.1)) add(level, ...rewriteWords(world));
  if (random.chance(0.03)) add(level, ...returnWords(world));
  if (random.chance(0.1)) level.nodes.push(block(condition(world), serverIfBody(world)));
  if (random.chance(0.05)) include(level, random.pick(world.snippets));
}

function serverIfBody(world: World): Node[] {
  const body = world.random.weighted<() => Node[]>([
    [3, () => [directive('set', '$tag', shownValue(world))]],
    [2, () => [directive(...rewriteWords(world))]],
    [2, () => [directive(...returnWords(world))]],
    [1, () => [directive('break')]],
    [1, () => [directive('set', '$tag', 'upgrade'), directive('break')]],
  ]);
  return body();
}

/** Targets of auth_request and mirror. */
function addHelpers(level: Level): void {
  const proxied = [directive('internal'), directive('proxy_pass', 'http://127.0.0.1:19001/asked')];
  level.nodes.push(
    block(['location', '=', '/auth-ok'], [directive('return', '204')]),
    block(['location', '=', '/auth-no'], [directive('return', '403')]),
    block(['location', '=', '/auth-proxied'], [...proxied, directive('proxy_set_header', 'X-Asked', '$request_uri')]),
    block(['location', '=', '/auth-inherits'], proxied),
    block(['location', '=', '/mirrored'], proxied),
  );
}
