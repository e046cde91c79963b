import type { Scope } from '../../src/model/scope';
import { namedLocation, selectLocation } from '../../src/model/select-location';
import { locationWords } from '../../src/model/location-words';
import { configurationOf } from '../helpers/workspace';

function serverOf(locations: string): Scope {
  const server = configurationOf(`http { server { ${locations} } }`).http?.children[0];
  if (server === undefined) throw new Error('no server');
  return server;
}

function chosen(locations: string, uri: string): string {
  const { location, autoRedirect, unknown } = selectLocation(serverOf(locations), uri);
  if (unknown !== null) return 'unknown';
  if (location === null) return 'none';
  const { modifier, pattern } = locationWords(location);
  return `${autoRedirect ? '301 ' : ''}${modifier}${pattern}`;
}

describe('static locations', () => {
  test.each([
    ['/', '/'],
    ['/a', '=/a'],
    ['/a/', '/a/'],
    ['/a/b', '/a/'],
    ['/a/bc', '/a/b'],
    ['/ab', '/'],
  ])('%s goes to %s', (uri, name) => {
    const locations = 'location / { } location = /a { } location /a/ { } location /a/b { } location = /a/b { }';
    expect(chosen(locations, uri)).toBe(uri === '/a/b' ? '=/a/b' : name);
  });

  test('nothing that fits is nothing', () => {
    expect(chosen('location /a { }', '/b')).toBe('none');
  });

  test('case counts', () => {
    expect(chosen('location /WS { }', '/ws')).toBe('none');
  });

  test('names are compared byte by byte', () => {
    expect(chosen('location /caf\u00e9 { }', '/caf\xc3\xa9/x')).toBe('/caf\u00e9');
  });

  test.each([
    ['location =/ws { }', '=/ws'],
    ['location ^~/ws { }', '^~/ws'],
    ['location ~^/w { }', '~^/w'],
    ['location ~*^/W { }', '~*^/W'],
  ])('%s: the modifier may stand without a space', (locations, name) => {
    expect(chosen(locations, '/ws')).toBe(name);
  });
});

describe('regex locations', () => {
  test('the first in order that matches wins over the longest prefix', () => {
    expect(chosen('location /a/b { } location ~ c$ { } location ~ b { } location ~ a { }', '/a/b')).toBe('~b');
  });

  test('^~ keeps regexes away, and an exact location does', () => {
    expect(chosen('location ^~ /a { } location ~ . { }', '/ab')).toBe('^~/a');
    expect(chosen('location = /a { } location ~ . { }', '/a')).toBe('=/a');
  });

  test('~* ignores case', () => {
    expect(chosen('location ~ ^/WS { }', '/ws')).toBe('none');
    expect(chosen('location ~* ^/WS { }', '/ws')).toBe('~*^/WS');
  });

  test('captures are those of the matches in order', () => {
    const server = serverOf('location ~ ^/(?<x>a)(b) { location ~ (?<y>c) { } }');
    const { matches } = selectLocation(server, '/abc');
    expect(matches.map(({ groups }) => groups)).toEqual([
      ['/ab', 'a', 'b'],
      ['c', 'c'],
    ]);
  });

  test('one that cannot be judged makes the answer unknown, if it could decide', () => {
    const locations = 'location = /a { } location ^~ /b { } location ~ ^/c { } location ~ (?R) { } location / { }';
    expect(['/a', '/b', '/c', '/d'].map((uri) => chosen(locations, uri))).toEqual(['=/a', '^~/b', '~^/c', 'unknown']);
  });

  test('one that runs out of steps makes the answer unknown', () => {
    expect(chosen('location ~ ^/(a+)+$ { }', `/${'a'.repeat(50)}!`)).toBe('unknown');
  });
});

describe('nested locations', () => {
  test('the longest prefix inside the longest prefix', () => {
    expect(chosen('location / { location /a { location /a/b { } } }', '/a/b/c')).toBe('/a/b');
  });

  test('regexes inside go before regexes outside', () => {
    expect(chosen('location ~ b { } location /a { location ~ c { } }', '/abc')).toBe('~c');
    expect(chosen('location ~ b { } location /a { location ~ d { } }', '/abc')).toBe('~b');
  });

  test('^~ keeps away the regexes of its own level only', () => {
    expect(chosen('location ~ b { } location ^~ /a { location ~ b$ { } }', '/ab')).toBe('~b$');
    expect(chosen('location ~ b { } location /a { location ^~ /ab { } location ~ ab { } }', '/abc')).toBe('~b');
  });

  test('an exact location inside is final', () => {
    expect(chosen('location ~ . { } location /a { location = /ab { } }', '/ab')).toBe('=/ab');
  });

  test('inside a regex location only regexes are found', () => {
    expect(chosen('location ~ /a { location /a/b { } location = /a { } }', '/a/b')).toBe('~/a');
    expect(chosen('location ~ /a { location /a/b { } location ~ b { } }', '/a/b')).toBe('~b');
  });

  test('four thousand levels are no depth', () => {
    const depth = 4_000;
    const open = Array.from({ length: depth }, (_, index) => `location /${'a'.repeat(index)} {`).join('');
    expect(selectLocation(serverOf(open + '}'.repeat(depth)), `/${'a'.repeat(depth)}`).steps).toHaveLength(depth);
  });
});

describe('the slash that is missing', () => {
  const pass = 'proxy_pass http://127.0.0.1;';

  test.each(['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'])(
    'a location with %s redirects to it',
    (name) => {
      expect(chosen(`location /ws/ { ${name} x; }`, '/ws')).toBe('301 /ws/');
    },
  );

  test('one without does not', () => {
    expect(chosen('location /ws/ { } location / { }', '/ws')).toBe('/');
  });

  test('a pass inside an `if` does not count', () => {
    expect(chosen(`location /ws/ { if ($x) { ${pass} } }`, '/ws')).toBe('none');
  });

  test('it goes before regexes and shorter prefixes, after a location of just this name', () => {
    expect(chosen(`location / { } location ~ ws { } location /ws/ { ${pass} }`, '/ws')).toBe('301 /ws/');
    expect(chosen(`location /ws { } location /ws/ { ${pass} }`, '/ws')).toBe('/ws');
    expect(chosen(`location = /ws { } location /ws/ { ${pass} }`, '/ws')).toBe('=/ws');
  });

  test('an exact location with a slash redirects too', () => {
    expect(chosen(`location = /ws/ { ${pass} }`, '/ws')).toBe('301 =/ws/');
  });

  test('nested ones redirect', () => {
    expect(chosen(`location /a { location /a/b/ { ${pass} } }`, '/a/b')).toBe('301 /a/b/');
  });
});

test('named locations are found by name alone', () => {
  const server = serverOf('location @ws { } location / { }');
  expect(namedLocation(server, '@ws')?.opener?.directive.args).toEqual(['@ws']);
  expect(namedLocation(server, '@x')).toBeNull();
  expect(chosen('location @ws { }', '@ws')).toBe('none');
});

test('ten thousand locations are looked up by hash', () => {
  const server = serverOf(Array.from({ length: 10_000 }, (_, index) => `location /l${index}/ { }`).join(''));
  const started = performance.now();
  for (let index = 0; index < 10_000; index++) selectLocation(server, `/l${index}/ws`);
  expect(performance.now() - started).toBeLessThan(3_000);
});
