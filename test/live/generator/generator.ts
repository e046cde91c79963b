import { createRandom } from '../random';
import type { Random } from '../random';
import { block, directive } from '../tree';
import type { Node, Style, Tree, TreeFile } from '../tree';
import { PREAMBLE } from '../nginx';
import { add, addScalar, newLevel } from './blocks';
import type { Snippet, World } from './blocks';
import { addHeaders, addProxySettings } from './headers';
import { errorPage, makeBody } from './locations';
import { MAPPED, makeMaps } from './maps';
import { makeRequests } from './requests';
import { SHARED, makeServer } from './servers';
import { spoil } from './spoil';

/** How many trees in a hundred are made to be refused. */
const SPOILT = 0.04;

/** One tree and its requests; the same seed gives the same tree. */
export function generateTree(seed: number, requests = 8): Tree {
  const random = createRandom(seed);
  const snippets = makeSnippets(random);
  const world: World = {
    random,
    careful: random.chance(0.6),
    snippets,
    upstreams: ['up_a', 'up-b', 'live.backend'],
    mapped: MAPPED,
    captures: new Set(),
    targets: [],
    hosts: [],
  };
  for (const { level } of snippets) addHeaders(level, world);
  const shared = makeShared(world);
  const taken = { ports: new Set<number>(), defaults: new Set<number>() };
  const maps = makeMaps(world);
  const servers = Array.from({ length: 1 + random.int(4) }, (_, index) =>
    makeServer(world, taken, index === 0, shared !== null),
  );
  const files = lay(world, maps, servers, shared);
  return {
    name: `seed ${seed}`,
    files: random.chance(SPOILT) ? spoil(files, random) : files,
    requests: makeRequests(world, [...taken.ports], requests),
  };
}

function makeSnippets(random: Random): Snippet[] {
  const ws: Snippet = { path: 'snippets/ws.conf', level: newLevel() };
  addScalar(ws.level, 'proxy_http_version', '1.1');
  const proxy: Snippet = { path: 'snippets/proxy.conf', level: newLevel() };
  const times: Snippet = { path: 'snippets/times.conf', level: newLevel() };
  addScalar(times.level, 'proxy_read_timeout', '1h');
  if (random.chance(0.3)) addScalar(proxy.level, 'proxy_http_version', '1.1');
  return [ws, proxy, times];
}

/** Locations that several servers include, where the settings around them differ. */
function makeShared(world: World): Node[] | null {
  if (!world.random.chance(0.2)) return null;
  const place = { kind: 'prefix', words: ['/shared'], prefix: '/shared', depth: 1 } as const;
  world.targets.push('/shared', '/shared/x');
  return [
    block(['location', '/shared'], makeBody(world, place, [])),
    block(['location', '~', '^/common/(\\w+)'], sharedBody(world)),
  ];
}

function sharedBody(world: World): Node[] {
  world.targets.push('/common/room', '/common/');
  return makeBody(world, { kind: 'regex', words: [], prefix: '', depth: 3 }, []);
}

/** Distributes the parts over files, as people do: servers in the main file, in sites/, maps in conf.d/. */
function lay(
  world: World,
  maps: readonly Node[],
  servers: readonly Node[],
  shared: readonly Node[] | null,
): Map<string, TreeFile> {
  const { random } = world;
  const files = new Map<string, TreeFile>();
  const put = (path: string, nodes: readonly Node[]): void =>
    void files.set(path, { nodes, style: chooseStyle(random) });
  for (const { path, level } of world.snippets) put(path, level.nodes);
  if (shared !== null) put(SHARED, shared);
  const http = newLevel();
  for (const line of PREAMBLE) add(http, ...line.replace(';', '').split(' '));
  addScalar(http, 'ssl_certificate', 'cert.pem');
  addScalar(http, 'ssl_certificate_key', 'key.pem');
  addHttpSettings(world, http);
  const body: Node[] = [...upstreams(random), ...http.nodes];
  if (random.chance(0.4)) {
    put('conf.d/maps.conf', maps);
    body.push(directive('include', random.pick(['conf.d/*.conf', 'conf.d/maps.conf'])));
  } else body.push(...maps);
  if (random.chance(0.4)) {
    for (const [index, server] of servers.entries())
      put(`sites/${random.pick(['a', 'b', 'B', '_'])}${index}.conf`, [server]);
    body.push(directive('include', 'sites/*.conf'));
  } else body.push(...servers);
  put('nginx.conf', [
    block(['events'], [directive('worker_connections', '64')]),
    block(['http'], random.chance(0.2) ? random.shuffle(body) : body),
  ]);
  return files;
}

function addHttpSettings(world: World, http: ReturnType<typeof newLevel>): void {
  const { random } = world;
  addProxySettings(http, world, 0.25);
  if (random.chance(0.05)) addScalar(http, 'merge_slashes', 'off');
  if (random.chance(0.04)) addScalar(http, 'absolute_redirect', 'off');
  if (random.chance(0.05)) add(http, 'error_page', ...errorPage(world));
  if (random.chance(0.04)) addScalar(http, 'ignore_invalid_headers', 'off');
}

function upstreams(random: Random): Node[] {
  // Without max_fails=0 what one request fails at decides where the next one goes.
  const a = directive('server', '127.0.0.1:19001', 'max_fails=0');
  const b = directive('server', '127.0.0.1:19002', 'max_fails=0', ...random.pick([[], ['weight=2']]));
  const socket = directive('server', 'unix:/tmp/nwl-backend.sock', 'max_fails=0');
  return [
    block(
      ['upstream', 'up_a'],
      random.pick([[a], [a, b], [a, directive('keepalive', random.chance(0.05) ? '0' : '4')]]),
    ),
    block(['upstream', 'up-b'], random.pick([[b], [socket], [directive('ip_hash'), a, b]])),
    block(['upstream', 'live.backend'], [b]),
  ];
}

function chooseStyle(random: Random): Style {
  return {
    indent: random.pick(['    ', '  ', '\t', '']),
    eol: random.chance(0.15) ? '\r\n' : '\n',
    compact: random.chance(0.3),
    comments: random.chance(0.2),
  };
}
