import { buildConfiguration } from '../../src/model/build';
import type { Configuration } from '../../src/model/scope';
import { unknownDirectives } from '../../src/model/unknown-directives';
import { refusals } from '../../src/model/validate';
import type { Refusal } from '../../src/model/validate';
import { NEWEST, OLDEST } from '../../src/model/version';
import { createSource } from '../../src/text/source';
import { configurationOf, fragmentOf, workspaceOf } from '../helpers/workspace';

function refused(configuration: Configuration, version: number | null = null): readonly Refusal[] {
  return [...refusals(configuration, version)];
}

function main(http: string): Configuration {
  return configurationOf(`events {}\nhttp {\n${http}\n}\n`);
}

function inHttp(text: string, version: number | null = null): readonly string[] {
  return refused(main(text), version).map(({ message }) => message);
}

function inServer(text: string, version: number | null = null): readonly string[] {
  return inHttp(`server {\n${text}\n}`, version);
}

function inLocation(text: string, version: number | null = null): readonly string[] {
  return inServer(`location /ws {\n${text}\n}`, version);
}

const URI_PART =
  '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block';
const MAXIMUM = 'the maximum of the value of "proxy_buffer_size" and one of the "proxy_buffers"';

describe('in a location', () => {
  test.each([
    ['proxy_set_header A;', 'invalid number of arguments in "proxy_set_header" directive'],
    ['proxy_set_header Connection keep-alive, Upgrade;', 'invalid number of arguments in "proxy_set_header" directive'],
    ['if ($uri) { proxy_set_header A b; }', '"proxy_set_header" directive is not allowed here'],
    ['limit_except GET { proxy_http_version 1.1; }', '"proxy_http_version" directive is not allowed here'],
    ['map $uri $a { default b; }', '"map" directive is not allowed here'],
    ['proxy_http_version 1.1; proxy_http_version 1.1;', '"proxy_http_version" directive is duplicate'],
    ['proxy_pass http://127.0.0.1; proxy_pass http://127.0.0.1;', '"proxy_pass" directive is duplicate'],
    ['proxy_http_version 2.0;', 'invalid value "2.0"'],
    ['proxy_read_timeout never;', '"proxy_read_timeout" directive invalid value'],
    ['proxy_read_timeout 1y;', '"proxy_read_timeout" directive invalid value'],
    ['proxy_buffering yes;', 'invalid value "yes" in "proxy_buffering" directive, it must be "on" or "off"'],
    ['gzip_comp_level 10;', 'value must be between 1 and 9'],
    ['proxy_next_upstream http_999;', 'invalid value "http_999"'],
    ['proxy_buffers 0 4k;', '"proxy_buffers" directive invalid value'],
    ['proxy_pass ws://127.0.0.1;', 'invalid URL prefix'],
    ['proxy_pass http://127.0.0.1:99999;', 'invalid port in upstream "127.0.0.1:99999"'],
    ['proxy_pass http:///a;', 'no host in upstream "/a"'],
    ['if ($uri) { proxy_pass http://127.0.0.1/a; }', URI_PART],
    ['limit_except GET { proxy_pass http://127.0.0.1/a; }', URI_PART],
    ['return 1000;', 'invalid return code "1000"'],
    ['return no;', 'invalid return code "no"'],
    ['rewrite ^ /a finally;', 'invalid parameter "finally"'],
    ['set a b;', 'invalid variable name "a"'],
    ['set $host b;', 'the duplicate "host" variable'],
    ['if ($uri = a b) { }', 'invalid condition "$uri"'],
    ['if ($uri == a) { }', 'unexpected "==" in condition'],
    ['if uri { }', 'invalid condition "uri"'],
    ['proxy_set_header A "$";', 'invalid variable name'],
    ['proxy_set_header A "${uri";', 'the closing bracket in "uri" variable is missing'],
    ['proxy_set_header A $upgrade;', 'unknown "upgrade" variable'],
    ['limit_except FETCH { }', 'invalid method "FETCH"'],
    ['allow localhost;', 'invalid parameter "localhost"'],
    ['error_page 200 /a;', 'value "200" must be between 300 and 599'],
    ['try_files a =x;', 'invalid code "=x"'],
    ['root a; alias b;', '"alias" directive is duplicate, "root" directive was specified earlier'],
    ['expires soon;', '"expires" directive invalid value'],
    ['add_header A b sometimes;', 'invalid parameter "sometimes"'],
    ['limit_req zone=one;', 'zero size shared memory zone "one"'],
    ['proxy_cache one;', '"proxy_cache" zone "one" is unknown'],
    ['access_log a.log main;', 'unknown log format "main"'],
    ['proxy_redirect default;', '"proxy_redirect default" should be placed after the "proxy_pass" directive'],
    ['proxy_ssl_verify on; proxy_pass https://127.0.0.1;', 'no proxy_ssl_trusted_certificate for proxy_ssl_verify'],
    ['proxy_buffers 1 4k;', 'there must be at least 2 "proxy_buffers"'],
    ['proxy_busy_buffers_size 2k;', `"proxy_busy_buffers_size" must be equal to or greater than ${MAXIMUM}`],
    [
      'proxy_buffer_size 128k;',
      '"proxy_busy_buffers_size" must be less than the size of all "proxy_buffers" minus one buffer',
    ],
    ['proxy_temp_file_write_size 1k;', `"proxy_temp_file_write_size" must be equal to or greater than ${MAXIMUM}`],
    [
      'proxy_max_temp_file_size 1k;',
      `"proxy_max_temp_file_size" must be equal to zero to disable temporary files usage or must be equal to or greater than ${MAXIMUM}`,
    ],
    ['limit_except GET;', 'directive "limit_except" has no opening "{"'],
    ['proxy_pass http://127.0.0.1 { }', 'directive "proxy_pass" is not terminated by ";"'],
  ])('%s', (text, message) => {
    expect(inLocation(text)).toEqual([message]);
  });

  test.each([
    'proxy_pass http://backend/a;',
    'proxy_pass http://$host/a;',
    'proxy_read_timeout "1h 30m";',
    'proxy_set_header X $http_anything$arg_a$cookie_b$upstream_http_c;',
    'proxy_set_header X $1;',
    'proxy_set_header A b; proxy_set_header A b;',
    'proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;',
    'if ($uri ~ "^(?<part>a)") { return 200 $part; }',
    'proxy_set_header X $brotli_ratio;',
    'content_by_lua_block { ngx.say("a") }',
    'proxy_redirect off; proxy_http_version 1.1; proxy_buffering OFF;',
    'set $a 1; set $a 2;',
    'default_type $not_a_variable_here;',
  ])('nothing about %s', (text) => {
    expect(inLocation(text)).toEqual([]);
  });
});

describe('in a server', () => {
  test.each([
    ['location /ws { } location /ws { }', 'duplicate location "/ws"'],
    ['location /x/ { location /y { } }', 'location "/y" is outside location "/x/"'],
    ['location = /x { location /x/y { } }', 'location "/x/y" cannot be inside the exact location "/x"'],
    ['location /x { location @y { } }', 'named location "@y" can be on the server level only'],
    ['location ! /x { }', 'invalid location modifier "!"'],
    ['location ~ ^/a { proxy_pass http://127.0.0.1/b; }', URI_PART],
    ['location @a { proxy_pass http://127.0.0.1/b; }', URI_PART],
    ['listen 70000;', 'invalid port in "70000" of the "listen" directive'],
    ['listen 80 fast;', 'invalid parameter "fast"'],
    ['listen 80; listen *:80;', 'a duplicate listen 0.0.0.0:80'],
    ['listen 443 ssl;', 'no "ssl_certificate" is defined for the "listen ... ssl" directive'],
    ['server_name *;', 'server name "*" is invalid'],
  ])('%s', (text, message) => {
    expect(inServer(text)).toEqual([message]);
  });

  test.each([
    'location /x { } location = /x { }',
    'location ~ a { } location ~ a { }',
    'listen 80; listen [::]:80; listen 127.0.0.1:80;',
    'listen localhost:80;',
    'listen 443 ssl; ssl_reject_handshake on;',
    'listen 8000-8010;',
  ])('nothing about %s', (text) => {
    expect(inServer(text)).toEqual([]);
  });
});

describe('in http', () => {
  test.each([
    ['map $http_upgrade a { }', 'invalid variable name "a"'],
    ['map $http_upgrade $a { default b; default c; }', 'duplicate default map parameter'],
    ['map $http_upgrade $a { x b; X c; }', 'conflicting parameter "x"'],
    ['map $http_upgrade $a { x; }', 'invalid number of the map parameters'],
    ['upstream a { }', 'no servers are inside upstream'],
    ['upstream a { server 127.0.0.1:1 backup; }', 'no servers in upstream "a"'],
    [
      'upstream a { server b.test resolve; }',
      'resolving names at run time requires upstream "a" to be in shared memory',
    ],
    [
      'upstream a { zone z 64k; server b.test resolve; }',
      'no resolver defined to resolve names at run time in upstream "a"',
    ],
    [
      'large_client_header_buffers 2 128; server { }',
      'the "large_client_header_buffers" size must be equal to or greater than "connection_pool_size"',
    ],
    ['upstream a { server http://127.0.0.1; }', 'invalid host in upstream "http://127.0.0.1"'],
    ['upstream a { server 127.0.0.1 fast; }', 'invalid parameter "fast"'],
    ['upstream a { ip_hash; server 127.0.0.1 backup; }', 'balancing method does not support parameter "backup"'],
    ['upstream a { server 127.0.0.1; } upstream A { server 127.0.0.1; }', 'duplicate upstream "A"'],
    [
      'upstream a { server 127.0.0.1; } server { location / { proxy_pass http://a:3000; } }',
      'upstream "a" may not have port 3000',
    ],
    [
      'server { location / { proxy_pass http://a:3000; } } upstream a { server 127.0.0.1; }',
      'upstream "a" may not have port 3000',
    ],
    [
      'server { listen 80 default_server; } server { listen 80 default_server; }',
      'a duplicate default server for 0.0.0.0:80',
    ],
    ['server { listen 80 reuseport; } server { listen 80 backlog=9; }', 'duplicate listen options for 0.0.0.0:80'],
    ['log_format a b; log_format a b;', 'duplicate "log_format" name "a"'],
    ['limit_req_zone $uri rate=1r/s zone=a:1k;', 'zone "zone=a:1k" is too small'],
  ])('%s', (text, message) => {
    expect(inHttp(text)).toEqual([message]);
  });
});

describe('stream', () => {
  test.each([
    ['server { listen 1; proxy_pass http://127.0.0.1:1; }', 'invalid host in upstream "http://127.0.0.1:1"'],
    ['server { listen 1; proxy_pass backend; }', 'no port in upstream "backend"'],
    ['map $http_upgrade $a { }', 'unknown "http_upgrade" variable'],
    ['server { listen 1; proxy_set_header A b; }', '"proxy_set_header" directive is not allowed here'],
  ])('%s', (text, message) => {
    expect(refused(configurationOf(`events {} stream { ${text} }`)).map((one) => one.message)).toEqual([message]);
  });
});

describe('versions', () => {
  const http2 = 'proxy_http_version 2;';

  test('a value is refused by the versions before it', () => {
    expect(inLocation(http2, 1_029_003)).toEqual(['invalid value "2"']);
  });

  test.each([1_029_004, null])('and accepted by later ones, and without a version (%s)', (version) => {
    expect(inLocation(http2, version)).toEqual([]);
  });

  test('a directive that the version lacks is unknown to it, and says since when it is not', () => {
    const [one] = refused(main('server { http2 on; }'), 1_022_001);
    expect(one).toMatchObject({ message: 'unknown directive "http2"', versions: 'below 1.25.1' });
  });

  test('a directive that was taken out', () => {
    expect(refused(main('server { ssl off; }'), NEWEST)[0]).toMatchObject({ versions: 'above 1.25.0' });
  });

  test('keepalive 0 turns the default off, where there is one', () => {
    const upstream = 'upstream a { server 127.0.0.1; keepalive 0; }';
    expect([inHttp(upstream, OLDEST), inHttp(upstream, NEWEST)]).toEqual([
      ['invalid value "0" in "keepalive" directive'],
      [],
    ]);
  });

  test('a variable that is newer', () => {
    expect(refused(main('server { return 200 $request_port; }'), OLDEST)[0]).toMatchObject({
      message: 'unknown "request_port" variable',
      versions: 'below 1.29.3',
    });
  });

  test('what distributions backport is not unknown', () => {
    expect(inServer('max_headers 100;', 1_022_001)).toEqual([]);
  });
});

describe('duplicates', () => {
  test('name the first, and say whether they are identical', () => {
    const found = refused(main('gzip on;\ngzip on;\ngzip off;'));
    expect(found.map(({ identical, related }) => [identical, related?.directive.args])).toEqual([
      [true, ['on']],
      [false, ['on']],
    ]);
  });

  test('count across includes of one level', () => {
    const files = { 'nginx.conf': 'events {} http { gzip on; include a.conf; }', 'a.conf': 'gzip on;' };
    expect(refused(configurationOf(files)).map(({ setting }) => setting.tree.source.path)).toEqual(['a.conf']);
  });

  test('levels are apart', () => {
    expect(inHttp('gzip on; server { gzip on; location / { gzip on; if ($uri) { gzip on; } } }')).toEqual([]);
  });

  test('fragments need not be read together', () => {
    const workspace = fragmentOf('gzip on; upstream a { server 127.0.0.1; }', ['http']);
    const second = createSource('b.conf', 'gzip on; upstream a { server 127.0.0.1; }');
    const both = {
      ...workspace,
      files: new Map([...workspace.files, ['b.conf', second] as const]),
      fragments: [...workspace.fragments, { file: 'b.conf', context: ['http'], stated: false }],
    };
    expect(refused(buildConfiguration(both))).toEqual([]);
  });
});

describe('certainty', () => {
  function certainty(
    text: string,
    context: readonly string[],
    stated = false,
  ): readonly (readonly [string, boolean])[] {
    return refused(buildConfiguration(fragmentOf(text, context, stated))).map(({ message, certain }) => [
      message,
      certain,
    ]);
  }

  test('an undefined variable in a fragment may be defined outside of it', () => {
    expect(certainty('proxy_set_header A $upgrade;', ['http', 'server'])).toEqual([
      ['unknown "upgrade" variable', false],
    ]);
  });

  test('unless it is stated that nothing is set there', () => {
    expect(certainty('server { proxy_set_header A $upgrade; }', ['http'], true)).toEqual([
      ['unknown "upgrade" variable', true],
    ]);
  });

  test('an include that was not read may define it', () => {
    const workspace = workspaceOf({ 'nginx.conf': 'events {} http { include x.conf; server { return 200 $a; } }' });
    const unread = { ...workspace, includes: new Map([['x.conf', { kind: 'unread' as const, reason: 'outside' }]]) };
    expect(refused(buildConfiguration(unread)).map(({ certain }) => certain)).toEqual([false]);
  });

  test('what is written is certain', () => {
    expect(certainty('location / { proxy_http_version 9; }', ['http', 'server'])).toEqual([
      ['invalid value "9"', true],
    ]);
  });

  test('where the lines of a fragment stand is a guess', () => {
    expect(certainty('upstream a { server 127.0.0.1; }', ['http', 'server'])).toEqual([
      ['"upstream" directive is not allowed here', false],
    ]);
  });

  test('a file without events may be a part of one', () => {
    expect(refused(configurationOf('http { }'))).toMatchObject([
      { message: 'no "events" section in configuration', certain: false },
    ]);
  });

  test('unknown modules define what they name', () => {
    expect(inHttp('geoip2 a.mmdb { $country source=$remote_addr country; }\nserver { return 200 $country; }')).toEqual(
      [],
    );
  });
});

test('the word concerned', () => {
  const [one] = refused(main('server { location / { proxy_set_header A $upgrade; } }'));
  expect([one?.word, one?.setting.directive.words[one.word]?.value]).toEqual([2, '$upgrade']);
});

test('a refused block is not looked into', () => {
  expect(inLocation('upstream a { proxy_pass x; nonsense; }')).toEqual(['"upstream" directive is not allowed here']);
});

test('placeholders of a template stand for anything', () => {
  const text = 'events {} http { server { listen ${PORT}; keepalive_timeout ${KEEP} x y z; } }';
  const code = text.replaceAll(/\$\{\w+\}/g, (found) => 'x'.repeat(found.length));
  const placeholders = [...text.matchAll(/\$\{\w+\}/g)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
  const source = { ...createSource('nginx.conf', text), code, placeholders };
  const workspace = { ...workspaceOf({ 'nginx.conf': text }), files: new Map([['nginx.conf', source]]) };
  expect(refused(buildConfiguration(workspace))).toEqual([]);
});

test('4,000 blocks deep', () => {
  const text = `${'location / {'.repeat(4000)}${'}'.repeat(4000)}`;
  expect(inServer(text)).toEqual([]);
});

describe('unknown directives', () => {
  function unknown(text: string): readonly (readonly [string, string | null])[] {
    return unknownDirectives(main(text)).map(({ name, nearest }) => [name, nearest]);
  }

  test('with the known name one edit away', () => {
    expect(unknown('proxy_set_headers A b; frobnicate on;')).toEqual([
      ['proxy_set_headers', 'proxy_set_header'],
      ['frobnicate', null],
    ]);
  });

  test('are no refusals', () => {
    expect(inHttp('proxy_set_headers A b;')).toEqual([]);
  });

  test('lines of tables and of unknown blocks are none', () => {
    expect(unknown('map $uri $a { proxy_pas 1; } types { text/x x; } frobnicate { lisen 1; }')).toEqual([
      ['frobnicate', null],
    ]);
  });
});

test.each([
  'upstream a { server 127.0.0.1:1 backup; server 127.0.0.1:2; }',
  'resolver 127.0.0.1; upstream a { zone z 64k; server b.test resolve; }',
  'upstream a { zone z 64k; resolver 127.0.0.1; server b.test resolve; }',
  'upstream a { server 127.0.0.1:1 resolve; }',
  'large_client_header_buffers 2 128; server { large_client_header_buffers 2 1k; }',
  'large_client_header_buffers 2 512; server { }',
])('%s is taken', (text) => {
  expect(inHttp(text)).toEqual([]);
});
