import type { ClientRequest, Header } from '../../../src/handshake/types';
import { TLS_PORT } from '../tree';
import type { World } from './blocks';

const KEY = 'x3JJHMbDL1EzLkh9GBhXDw==';

/** Requests for a tree: handshakes of both browsers, plain ones, to its own targets and hosts and to odd ones. */
export function makeRequests(world: World, ports: readonly number[], count: number): ClientRequest[] {
  return Array.from({ length: count }, (_, index) => marked(makeRequest(world, world.random.pick(ports)), index));
}

/** Told apart by their User-Agent: a request that nginx gives up at once may reach the backend after the next one. */
function marked(request: ClientRequest, index: number): ClientRequest {
  const mark = ([name, value]: Header): Header => [name, name === 'User-Agent' ? `${value} n${index}` : value];
  return { ...request, headers: request.headers.map(mark) };
}

function makeRequest(world: World, port: number): ClientRequest {
  const { random } = world;
  const scheme = port === TLS_PORT ? 'https' : 'http';
  const authority = chooseHost(world, port);
  const target = chooseTarget(world);
  const kind = random.weighted([
    [60, 'chrome'],
    [12, 'firefox'],
    [17, 'get'],
    [8, 'post'],
    [1, 'head'],
    [1, 'h2c'],
    [1, 'other'],
  ]);
  const extra = chooseExtra(world);
  const base = { scheme, port, target } as const;
  if (kind === 'chrome') return { ...base, method: 'GET', headers: [...chrome(authority, scheme), ...extra] };
  if (kind === 'firefox') return { ...base, method: 'GET', headers: [...firefox(authority, scheme), ...extra] };
  const plain: Header[] = [['Host', authority], ['User-Agent', 'test'], ['Accept', '*/*'], ...extra];
  if (kind === 'post') {
    const body: Header[] = [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Content-Length', String(random.pick([0, 3, 200]))],
    ];
    return { ...base, method: 'POST', headers: [...plain, ...body] };
  }
  if (kind === 'head') return { ...base, method: 'HEAD', headers: plain };
  if (kind === 'other') return { ...base, method: random.pick(['OPTIONS', 'DELETE']), headers: plain };
  if (kind === 'h2c') {
    return {
      ...base,
      method: 'GET',
      headers: [
        ...plain,
        ['Connection', 'Upgrade, HTTP2-Settings'],
        ['Upgrade', 'h2c'],
        ['HTTP2-Settings', 'AAMAAABk'],
      ],
    };
  }
  return { ...base, method: 'GET', headers: random.chance(0.3) ? [...plain, ['Connection', 'keep-alive']] : plain };
}

function chrome(authority: string, scheme: string): Header[] {
  return [
    ['Host', authority],
    ['Connection', 'Upgrade'],
    ['Pragma', 'no-cache'],
    ['Cache-Control', 'no-cache'],
    [
      'User-Agent',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    ],
    ['Upgrade', 'websocket'],
    ['Origin', `${scheme}://${authority}`],
    ['Sec-WebSocket-Version', '13'],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['Accept-Language', 'en-US,en;q=0.9'],
    ['Sec-WebSocket-Key', KEY],
    ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'],
  ];
}

function firefox(authority: string, scheme: string): Header[] {
  return [
    ['Host', authority],
    ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'],
    ['Accept', '*/*'],
    ['Accept-Language', 'en-US,en;q=0.5'],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['Sec-WebSocket-Version', '13'],
    ['Origin', `${scheme}://${authority}`],
    ['Sec-WebSocket-Extensions', 'permessage-deflate'],
    ['Sec-WebSocket-Key', KEY],
    ['Connection', 'keep-alive, Upgrade'],
    ['Pragma', 'no-cache'],
    ['Cache-Control', 'no-cache'],
    ['Upgrade', 'websocket'],
  ];
}

function chooseHost(world: World, port: number): string {
  const { random } = world;
  const host = random.chance(0.75) && world.hosts.length > 0 ? random.pick(world.hosts) : random.pick(ODD_HOSTS);
  return random.weighted([
    [5, host],
    [5, `${host}:${port}`],
    [1, `${host}:81`],
    [1, host.toUpperCase()],
    [1, `${host}.`],
  ]);
}

const ODD_HOSTS = [
  'unknown.test',
  '127.0.0.1',
  'localhost',
  'app.test',
  'a_b.test',
  'deep.x.app.test',
  'www.live.test',
  'ws7.x',
  '[::1]',
];

function chooseTarget(world: World): string {
  const { random } = world;
  const target =
    random.chance(0.85) && world.targets.length > 0 ? random.pick(world.targets) : random.pick(ODD_TARGETS);
  const path = random.chance(0.2) ? vary(world, target) : target;
  const joint = path.includes('?') ? '&' : '?';
  return random.chance(0.35)
    ? path + joint + random.pick(['token=abc', 'token=a%20b&x=/../y', '', 'TOKEN=Up&token=x', 'a=b?c=d//e', 'token'])
    : path;
}

const ODD_TARGETS = [
  '/',
  '/ws',
  '/ws/',
  '/none',
  '/socket.io/?EIO=4&transport=websocket',
  '/old/ws',
  '/room',
  '/api/v1/x',
  '/login',
  '/index.html',
];

/** The same target in another spelling, or a neighbour. */
function vary(world: World, target: string): string {
  const { random } = world;
  return random.weighted([
    [3, target.replace(/(?<=.)\//, '//')],
    [2, `/${target}`],
    [3, target.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)],
    [2, `/x/..${target}`],
    [2, `/.${target}`],
    [1, `${target}/.`],
    [1, `${target}/..`],
    [2, target.toUpperCase()],
    [2, target.replace(/\/$/, '')],
    [2, `${target}/`],
    [1, `${target}%2f`],
    [1, `${target}%20x`],
    [1, `${target}%C3%A9`],
    [1, `${target}+x;y=1`],
    [1, `${target}%3Fq`],
    [1, `${target}%25zz`],
    [0.5, `${target}%zz`],
    [0.3, `/../..${target}`],
    [0.3, `${target}%00`],
    [1, `${target}#fragment`],
    [0.5, `${target}\\x`],
    [0.5, `${target}"<>{}|^`],
  ]);
}

function chooseExtra(world: World): Header[] {
  const { random } = world;
  const headers: Header[] = [];
  if (random.chance(0.25)) headers.push(['Cookie', random.pick(['sid=1', 'a=b; sid=xyz', 'SID=up', 'a=b'])]);
  if (random.chance(0.2))
    headers.push([random.pick(['X-Token', 'x-token', 'X-TOKEN']), random.pick(['abc', '  spaced  ', 'ABCD', ''])]);
  if (random.chance(0.06)) headers.push(['X_Under', '1']);
  if (random.chance(0.06)) headers.push(['X-Twice', 'one'], ['x-twice', 'two']);
  if (random.chance(0.04)) headers.push(['X-Forwarded-For', '203.0.113.9']);
  if (random.chance(0.04)) headers.push(['Sec-WebSocket-Protocol', 'chat, superchat']);
  if (random.chance(0.03)) headers.push(['Keep-Alive', 'timeout=5']);
  if (random.chance(0.03)) headers.push(['TE', 'trailers']);
  if (random.chance(0.02)) headers.push(['X.Dot', '1']);
  if (random.chance(0.02)) headers.push(['Authorization', 'Basic bm9ib2R5Ondyb25n']);
  return headers;
}
