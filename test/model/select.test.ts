import { selectServer } from '../../src/model/select';
import type { ServerChoice } from '../../src/model/select';
import { buildConfiguration } from '../../src/model/build';
import { NEWEST } from '../../src/model/version';
import { createSource } from '../../src/text/source';
import { configurationOf, fragmentOf } from '../helpers/workspace';

/** Servers are told apart by a directive of theirs: `id a;`. */
function choose(servers: string, host: string | null, port = 80, scheme: 'http' | 'https' = 'http'): ServerChoice {
  const choice = selectServer(configurationOf(`http { ${servers} }`), port, scheme, host);
  if ('none' in choice) throw new Error(choice.none);
  return choice;
}

function idOf(servers: string, host: string | null, port = 80): string {
  return choose(servers, host, port).server.own('id')[0]?.directive.args[0] ?? '';
}

/** A server on port 80, whose id is its first name. */
function named(...names: readonly string[]): string {
  return `server { id ${names[0] ?? ''}; server_name ${names.join(' ')}; }\n`;
}

const FALLBACK = 'server { id default; }\n';

describe('names', () => {
  test.each([
    ['a.test', 'a.test'],
    ['A.TEST', 'a.test'],
    ['a.test.', 'a.test'],
    ['a.test:8080', 'a.test'],
    ['b.test', 'default'],
  ])('%s goes to %s', (host, id) => {
    expect(idOf(FALLBACK + named('a.test'), host)).toBe(id);
  });

  test('an exact name goes before wildcards, whatever the order', () => {
    expect(idOf(FALLBACK + named('*.test') + named('a.*') + named('"~a"') + named('a.test'), 'a.test')).toBe('a.test');
  });

  test('of leading wildcards the longest wins, and it wants a name before the dot', () => {
    const servers = FALLBACK + named('*.test') + named('*.a.test');
    expect(idOf(servers, 'b.a.test')).toBe('*.a.test');
    expect(idOf(servers, 'c.b.a.test')).toBe('*.a.test');
    expect(idOf(servers, 'a.test')).toBe('*.test');
    expect(idOf(servers, 'test')).toBe('default');
  });

  test('leading wildcards go before trailing ones, and those before regexes', () => {
    const servers = FALLBACK + named('~^www') + named('www.*') + named('*.b.test');
    expect(idOf(servers, 'www.b.test')).toBe('*.b.test');
    expect(idOf(servers, 'www.c.test')).toBe('www.*');
    expect(idOf(servers, 'www')).toBe('~^www');
  });

  test('of trailing wildcards the longest wins', () => {
    expect(idOf(FALLBACK + named('www.*') + named('www.a.*'), 'www.a.test')).toBe('www.a.*');
  });

  test('.name is the name itself and all below it', () => {
    expect(idOf(FALLBACK + named('.a.test'), 'a.test')).toBe('.a.test');
    expect(idOf(FALLBACK + named('.a.test'), 'x.y.a.test')).toBe('.a.test');
    expect(idOf(FALLBACK + named('.a.test'), 'ba.test')).toBe('default');
  });

  test('of equal names the first server has it', () => {
    expect(idOf(`${named('x', 'a.test')}${named('y', 'a.test')}`, 'a.test')).toBe('x');
  });

  test('.name after name is given up whole', () => {
    expect(idOf(FALLBACK + named('a.test') + named('.a.test'), 'b.a.test')).toBe('default');
  });

  test('.name after *.name loses the bare name for everybody', () => {
    const servers = FALLBACK + named('*.a.test') + named('.a.test') + named('a.test');
    expect(idOf(servers, 'a.test')).toBe('default');
    expect(idOf(servers, 'b.a.test')).toBe('*.a.test');
  });

  test('_ is a name like any other', () => {
    expect(idOf(FALLBACK + named('_'), 'b.test')).toBe('default');
    expect(idOf(FALLBACK + named('_'), '_')).toBe('_');
  });

  test('an IPv6 literal is a name, brackets included', () => {
    expect(idOf(FALLBACK + named('"[::1]"'), '[::1]:80')).toBe('[::1]');
  });

  test('a request without Host goes to the empty name', () => {
    expect(idOf(`${FALLBACK}server { id empty; server_name ""; }`, null)).toBe('default');
    expect(idOf(`${named('a')}server { id empty; server_name ""; }`, null)).toBe('empty');
    expect(idOf(`${named('a')}server { id none; }`, null)).toBe('none');
  });
});

describe('regex names', () => {
  test('the first in order that matches wins, and its captures are kept', () => {
    const servers = FALLBACK + named('~^(?<sub>\\w+)\\.a') + named('~^(b)');
    expect(choose(servers, 'b.a').match).toMatchObject({ groups: ['b.a', 'b'], names: new Map([['sub', 'b']]) });
    expect(idOf(servers, 'b.c')).toBe('~^(b)');
  });

  test('case counts unless the pattern has a capital', () => {
    expect(idOf(FALLBACK + named('~^WWW'), 'www.a')).toBe('~^WWW');
    expect(idOf(FALLBACK + named('~^www'), 'WWW.a')).toBe('~^www');
  });

  test('a regex that cannot be judged makes the answer unknown, if no other name comes first', () => {
    const servers = FALLBACK + named('a.test') + named('~(?R)');
    expect(choose(servers, 'a.test').unknown).toBeNull();
    expect(choose(servers, 'b.test').unknown).toMatch('~(?R)');
  });

  test('a server that is alone looks at its regex only for captures', () => {
    expect(choose(named('~^(a)b'), 'ab').match?.groups).toEqual(['ab', 'a']);
    expect(choose(named('~^ab'), 'ab').match).toBeNull();
  });
});

describe('addresses', () => {
  const servers = `
    server { id all; listen 80; server_name a; }
    server { id one; listen 127.0.0.1:80; server_name a; }
    server { id six; listen [::1]:80; listen 81; server_name a; }`;

  test('the wildcard address is taken, and the others are named', () => {
    const choice = choose(servers, 'a');
    expect(choice.why).toBe('the default server of *:80');
    expect(choice.elsewhere.map(({ address }) => address.address)).toEqual(['127.0.0.1', '::1']);
  });

  test('a host that is an address goes there', () => {
    expect(idOf(servers, '127.0.0.1')).toBe('one');
    expect(idOf(servers, '[0::1]')).toBe('six');
  });

  test('names count at their own address alone', () => {
    const two = 'server { id x; listen 127.0.0.1:80; server_name x; } server { id y; listen 80; server_name y; }';
    expect(idOf(two, 'x')).toBe('y');
  });

  test('between the two wildcards the one that suits the scheme is taken', () => {
    const two = 'server { id plain; listen 443; } server { id tls; listen [::]:443 ssl; }';
    expect(choose(two, 'a', 443, 'https').server.own('id')[0]?.directive.args).toEqual(['tls']);
    expect(choose(two, 'a', 443, 'http').server.own('id')[0]?.directive.args).toEqual(['plain']);
  });

  test('a port that nobody listens on, and a bad Host', () => {
    const configuration = configurationOf('http { server { } }');
    expect(selectServer(configuration, 81, 'http', 'a')).toEqual({ none: 'no-listen' });
    expect(selectServer(configuration, 80, 'http', 'a..b')).toEqual({ none: 'bad-host' });
  });
});

test('a request meant for a fragment of locations goes to the server around it', () => {
  const fragment = fragmentOf('location /b { }', ['http', 'server']);
  const files = new Map([...fragment.files, ['other.conf', createSource('other.conf', 'location /a { }')]]);
  const other = { file: 'other.conf', context: ['http', 'server'], stated: false };
  const configuration = buildConfiguration({ ...fragment, files, fragments: [other, ...fragment.fragments] });
  const [first, second] = configuration.http?.children ?? [];
  expect(selectServer(configuration, 80, 'http', 'localhost')).toHaveProperty('server', first);
  expect(selectServer(configuration, 80, 'http', 'localhost', NEWEST, 'fragment.conf')).toHaveProperty(
    'server',
    second,
  );
});

test('ten thousand servers are looked up by hash', () => {
  const servers = Array.from({ length: 10_000 }, (_, index) => named(`s${index}.test`, `*.w${index}.test`)).join('');
  const configuration = configurationOf(`http { ${servers} }`);
  const started = performance.now();
  for (let index = 0; index < 10_000; index++) selectServer(configuration, 80, 'http', `x.w${index}.test`);
  expect(performance.now() - started).toBeLessThan(5_000);
});
