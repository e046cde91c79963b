import { fix, lint } from '../../src/core';
import { clientDecides } from '../../src/handshake/open';
import { testedVariables } from '../../src/handshake/tested';
import { findIgnores, ignoreFor } from '../../src/lint/ignores';
import { placeOfSetting } from '../../src/lint/places';
import { effort } from '../../src/model/effort';
import { effective } from '../../src/model/effective';
import { locationsWithin } from '../../src/model/routes';
import { selectServer } from '../../src/model/select';
import { selectLocation } from '../../src/model/select-location';
import { findName, indexNames } from '../../src/model/server-names';
import { variableSources } from '../../src/model/variable-sources';
import { lookUp } from '../../src/model/maps';
import type { Configuration, Scope } from '../../src/model/scope';
import { parse } from '../../src/syntax/parse';
import { createSource } from '../../src/text/source';
import { configurationOf } from '../helpers/workspace';

type Files = Readonly<Record<string, string>>;

const { SHAPES, sizeOf } = jest.requireActual<{
  readonly SHAPES: Readonly<Record<string, (size: number) => Files>>;
  readonly sizeOf: (name: string) => number;
}>('../../bench/shape-trees.js');

function shape(name: string, size: number): Files {
  return SHAPES[name]?.(size) ?? {};
}

function configuration(name: string, size: number): Configuration {
  return configurationOf(shape(name, size));
}

function serverOf({ http }: Configuration): Scope {
  const server = http?.children.find(({ kind }) => kind === 'server');
  if (server === undefined) throw new Error('no server');
  return server;
}

/** What each request takes grows with these: all together are a square, which is bounded. */
const SQUARE: ReadonlySet<string> = new Set([
  'nested-headers',
  'infix-locations',
  'passing-ifs',
  'server-sets',
  'server-rewrites',
  'inherited-headers',
  'dropped-headers',
]);

/** Multiplied, not added up. */
const EXPONENTIAL: ReadonlySet<string> = new Set([
  'doubling-includes',
  'doubling-locations',
  'set-doubling',
  'map-doubling',
]);

const added = Object.keys(SHAPES).filter((name) => !EXPONENTIAL.has(name));

/** Lints, handshakes and all; answers how much was done for requests. */
function work(name: string, size: number): number {
  const before = effort();
  const { problems, routes } = lint(shape(name, size));
  for (const { handshake } of routes) void handshake;
  expect(problems.filter(({ message }) => message.startsWith('internal error'))).toEqual([]);
  return effort() - before;
}

describe('four times the size is four times the work', () => {
  test.each(added.filter((name) => !SQUARE.has(name)))('%s', (name) => {
    const size = Math.ceil(sizeOf(name) / 4000) * 4;
    const small = work(name, size);
    expect(work(name, 4 * size)).toBeLessThan(4.5 * small + 200);
  });
});

describe('what would be square comes to an end', () => {
  test.each([...SQUARE])('%s', (name) => {
    expect(work(name, 60)).toBeGreaterThan(0);
  });

  test('requests take no more than so much together; the last of them are unknown', () => {
    const { routes } = lint(shape('server-sets', 4_500));
    const unknown = routes.filter(({ handshake }) => handshake?.outcome === 'unknown');
    expect(routes[0]?.handshake?.outcome).toBe('switches');
    expect(unknown.length).toBeGreaterThan(100);
  });
});

describe('what would be exponential comes to an end', () => {
  test.each(['doubling-includes', 'doubling-locations'])('%s', (name) => {
    const { brokenIncludes } = configuration(name, 40);
    expect(brokenIncludes[0]).toMatchObject({ kind: 'unread' });
    expect(brokenIncludes.length).toBeLessThan(50_000);
  });

  test.each(['set-doubling', 'map-doubling'])('%s', (name) => {
    expect(work(name, 400)).toBeGreaterThan(0);
  });
});

describe('ten thousand of them are asked ten thousand times', () => {
  const SIZE = 10_000;

  test('regex locations', () => {
    const server = serverOf(configuration('regex-locations', SIZE));
    const found = server.children.map((_, at) => selectLocation(server, `/ws/${at}/x`).location);
    expect(found.every((location, at) => location === server.children[at])).toBe(true);
  });

  test('regex server names', () => {
    const servers = (configuration('regex-named-servers', SIZE).http?.children ?? []).map((server) => ({ server }));
    const index = indexNames(servers, { server: servers[0]?.server ?? serverOf(configuration('servers', 4)) });
    expect(servers.every(({ server }, at) => same(findName(index, `x.s${at}.test`), server))).toBe(true);
  });

  test('regex keys of a map', () => {
    const source = variableSources(configuration('regex-map-entries', SIZE)).get('backend');
    if (source?.kind !== 'map') throw new Error('no map');
    const values = Array.from({ length: SIZE }, (_, at) => lookUp(source.map, `h${at}.test`));
    expect(values.every((value, at) => 'entry' in value && value.entry === source.map.regexes[at])).toBe(true);
  });

  test('addresses of a port', () => {
    const whole = configuration('listens', SIZE);
    const servers = whole.http?.children ?? [];
    const found = servers.map((_, at) => selectServer(whole, 8080, 'http', `127.0.${at >> 8}.${at & 255}`));
    expect(found.every((choice, at) => 'server' in choice && choice.server === servers[at])).toBe(true);
  });

  test('levels of locations', () => {
    const whole = configuration('nested-regex-locations', 4_000);
    const levels = [...locationsWithin(whole)];
    expect(levels).toHaveLength(4_000);
    expect(levels.every((level) => effective(level, 'listen').settings.length === 0)).toBe(true);
    expect(levels.every((level) => effective(level, 'proxy_read_timeout').origin === 'default')).toBe(true);
  });

  test('syntax faults', () => {
    const { faults } = parse(createSource('nginx.conf', shape('open-braces', 40_000)['nginx.conf'] ?? ''));
    expect(faults).toHaveLength(40_000);
    expect(faults.at(-1)?.line).toBe(40_001);
  });

  test('ignores', () => {
    const whole = configuration('ignores', SIZE);
    const ignores = findIgnores(whole.trees.values());
    const places = serverOf(whole).children[0]?.own('proxy_buffering').map(placeOfSetting) ?? [];
    expect(places).toHaveLength(SIZE);
    expect(places.every((place, at) => ignoreFor(ignores, 'read-timeout', place) === ignores[at])).toBe(true);
  });

  function same(choice: ReturnType<typeof findName>, server: Scope): boolean {
    return choice !== null && 'server' in choice && choice.server === server;
  }
});

test('a snippet that many include is repaired by one edit', () => {
  const { files, report } = fix(shape('shared-faulty-snippet', 100));
  expect(files['ws.conf']).toContain('Connection');
  expect(report.summary.errors).toBe(0);
});

test('variables made of one large map, each tested by an if', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `k${at} $http_a${at};`).join('\n');
  const tests = Array.from({ length: 2_000 }, (_, at) => `set $v${at} $m; if ($v${at}) { return 403; }`).join('\n');
  const tree = configurationOf(`events {} http { map $http_x $m { ${lines} } server { ${tests} } }`);
  expect(testedVariables(tree).size).toBe(22_002);
  expect(clientDecides(tree, 'v1999')).toBe(true);
});
