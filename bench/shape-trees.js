// Shapes that punish anything quadratic or recursive: name -> files of a tree, `size` being how many of what the name
// says. CommonJS, so that tests can have them too.
'use strict';

const HEADERS = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';
const UPGRADE = `proxy_http_version 1.1; ${HEADERS}`;
const FAULTY = `proxy_pass http://127.0.0.1:9; ${HEADERS}`;
const PASS = `proxy_pass http://127.0.0.1:9; ${UPGRADE}`;

const around = (http) => ({ 'nginx.conf': `events {}\nhttp {\n${http}\n}\n` });
const within = (inside) => around(`server { listen 8080; server_name a.test;\n${inside}\n}`);
const ws = (inside) => within(`location /ws/ {\n${inside}\n${PASS} }`);
const repeat = (count, make) => Array.from({ length: count }, (_, at) => make(at)).join('\n');
const server = (words, inside = `location /ws/ { ${PASS} }`) => `server { ${words}\n${inside} }`;
const named = (at, inside) => server(`listen 8080; server_name s${at}.test;`, inside);
const chain = (count, name, link, end) => ({
  ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}${at}.conf`, link(at)])),
  [`${name}${count}.conf`]: end,
});

const snippets = {
  /** One snippet, included in `size` locations of `size / 4` servers. */
  'shared-snippet': (size) => ({
    ...around(
      repeat(size / 4, (at) =>
        named(
          at,
          repeat(4, (k) => `location /ws/${k}/ { proxy_pass http://127.0.0.1:9; include ws.conf; }`),
        ),
      ),
    ),
    'ws.conf': `${UPGRADE}\n`,
  }),
  /** The same in one server, where every occurrence wants a repair. */
  'shared-faulty-snippet': (size) => ({
    ...within(repeat(size, (at) => `location /ws/${at}/ { proxy_pass http://127.0.0.1:9; include ws.conf; }`)),
    'ws.conf': 'proxy_set_header Upgrade $http_upgrade;\n',
  }),
  'include-chain': (size) => ({
    ...around('include c0.conf;'),
    ...chain(size, 'c', (at) => `include c${at + 1}.conf;\n`, `${server('listen 8080;')}\n`),
  }),
  /** Each snippet includes the next one twice: 2^size occurrences of the last, were they not bounded. */
  'doubling-includes': (size) => ({
    ...ws('include d0.conf;'),
    ...chain(size, 'd', (at) => `include d${at + 1}.conf; include d${at + 1}.conf;\n`, 'proxy_buffering off;\n'),
  }),
  /** The same with a route in each. */
  'doubling-locations': (size) => ({
    ...within('include d0.conf;'),
    ...chain(
      size,
      'd',
      (at) => `location ~ ^/ws/${at} { ${FAULTY} } include d${at + 1}.conf; include d${at + 1}.conf;\n`,
      '',
    ),
  }),
  'missing-includes': (size) => ws(repeat(size, (at) => `include missing${at}.conf;`)),
  'small-files': (size) => ({
    ...around('include sites/*.conf;'),
    ...Object.fromEntries(Array.from({ length: size }, (_, at) => [`sites/${at}.conf`, `${named(at)}\n`])),
  }),
};

const nesting = {
  /** The text grows with the square of the depth: every prefix holds the one around it. */
  'nested-locations': (size) =>
    within(`${repeat(size, (at) => `location /${'a'.repeat(at + 1)} {`)} ${PASS} ${'}'.repeat(size)}`),
  'nested-regex-locations': (size) => within(`${'location ~ ^/ws {'.repeat(size)} ${PASS} ${'}'.repeat(size)}`),
  /** A route, headers and a rewrite variable at every level. */
  'nested-headers': (size) =>
    within(
      `${repeat(size, (at) => `location ~ ^/ws { ${PASS} proxy_set_header X-A ${at}; set $v ${at};`)}${'}'.repeat(size)}`,
    ),
  'nested-braces': (size) => ({ 'nginx.conf': `${'a {'.repeat(size)}${'}'.repeat(size)}\n` }),
  'open-braces': (size) => ({ 'nginx.conf': `${'a {\n'.repeat(size)}` }),
  'stray-braces': (size) => ({ 'nginx.conf': `events {}\n${'}\n'.repeat(size)}` }),
};

const locations = {
  locations: (size) => within(repeat(size, (at) => `location /ws/${at}/ { ${PASS} }`)),
  'faulty-locations': (size) => within(repeat(size, (at) => `location /ws/${at}/ {\n${FAULTY}\n}`)),
  'same-locations': (size) => within(repeat(size, () => `location /ws/ { ${PASS} }`)),
  'regex-locations': (size) => within(repeat(size, (at) => `location ~ ^/ws/${at}/(.*)$ { ${PASS} }`)),
  /** No literal to go by at the beginning. */
  'suffix-locations': (size) => within(repeat(size, (at) => `location ~* \\.x${at}$ { ${PASS} }`)),
  /** Every regex begins alike. */
  'infix-locations': (size) => within(repeat(size, (at) => `location ~ ^/[a-z]+/x${at}/ { ${PASS} }`)),
  'long-regex': (size) =>
    within(`location ~ ^/(${repeat(size, (at) => `x${at}`).replaceAll('\n', '|')})/ws { ${PASS} }`),
  /** Every location hands what fails to a named one of its own. */
  'error-pages': (size) =>
    within(
      repeat(size, (at) => `location /ws/${at}/ { error_page 502 = @f${at}; ${PASS} }\nlocation @f${at} { ${PASS} }`),
    ),
  /** Every location tries one and the same named location. */
  'try-files': (size) =>
    within(`${repeat(size, (at) => `location /ws/${at}/ { try_files $uri @app; }`)}\nlocation @app { ${PASS} }`),
  /** Each leads to the next. */
  'try-files-chain': (size) =>
    within(
      `location / { try_files $uri @f0; }\n${repeat(size, (at) => `location @f${at} { try_files $uri @f${at + 1}; }`)}
       location @f${size} { ${PASS} }`,
    ),
  /** Names that are known at run time only, thousands of them, and as many they may stand for. */
  'named-by-variable': (size) =>
    within(
      repeat(size, (at) => `location /ws/${at}/ { error_page 502 = @x$arg_${at}; }\nlocation @x${at} { ${PASS} }`),
    ),
  'auth-requests': (size) =>
    within(
      repeat(
        size,
        (at) =>
          `location /ws/${at}/ { auth_request /auth/${at}; ${PASS} }\nlocation = /auth/${at} { internal; ${PASS} }`,
      ),
    ),
  'internal-locations': (size) => within(repeat(size, (at) => `location /ws/${at}/ { internal; ${PASS} }`)),
};

const scripts = {
  ifs: (size) => ws(repeat(size, (at) => `if ($arg_a = ${at}) { set $b ${at}; }`)),
  /** Each with a route of its own. */
  'passing-ifs': (size) => ws(repeat(size, (at) => `if ($arg_a = ${at}) { proxy_pass http://127.0.0.1:9; }`)),
  'server-ifs': (size) =>
    within(`${repeat(size, (at) => `if ($arg_a = ${at}) { set $b ${at}; }`)}\nlocation /ws/ { ${PASS} }`),
  /** Whether each is true is not known. */
  'open-ifs': (size) =>
    within(`${repeat(size, (at) => `if ($cookie_c${at}) { return 403; }`)}\nlocation /ws/ { ${PASS} }`),
  rewrites: (size) => ws(repeat(size, (at) => `rewrite ^/no/${at}/(.*)$ /$1;`)),
  sets: (size) => ws(repeat(size, (at) => `set $v${at} ${at};`)),
  'set-chain': (size) => ws(`set $v0 a;\n${repeat(size, (at) => `set $v${at + 1} $v${at};`)}`),
  /** Values that grow: twice as long with every line. */
  'set-doubling': (size) => ws(`set $v0 a;\n${repeat(size, (at) => `set $v${at + 1} $v${at}$v${at};`)}`),
  /** Every request goes through all of them. */
  'server-sets': (size) =>
    within(
      `${repeat(size / 2, (at) => `set $v${at} ${at};`)}\n${repeat(size / 2, (at) => `location /ws/${at}/ { ${PASS} }`)}`,
    ),
  'server-rewrites': (size) =>
    within(
      `${repeat(size / 2, (at) => `rewrite ^/no/${at}/(.*)$ /$1;`)}\n${repeat(size / 2, (at) => `location /ws/${at}/ { ${PASS} }`)}`,
    ),
};

const maps = {
  'map-entries': (size) =>
    around(
      `map_hash_max_size 1048576; map_hash_bucket_size 128; map $host $backend { default 127.0.0.1:9;\n${repeat(size, (at) => `h${at}.test 127.0.0.1:${1 + (at % 60000)};`)}\n}
       server { listen 8080; server_name a.test; location /ws/ { proxy_pass http://$backend; ${UPGRADE} } }`,
    ),
  'regex-map-entries': (size) =>
    around(
      `map $host $backend { default 127.0.0.1:9;\n${repeat(size, (at) => `~^h${at}\\.test$ 127.0.0.1:${1 + (at % 60000)};`)}\n}
       server { listen 8080; server_name a.test; location /ws/ { proxy_pass http://$backend; ${UPGRADE} } }`,
    ),
  maps: (size) =>
    around(
      repeat(
        size,
        (at) =>
          `map $http_upgrade $c${at} { default upgrade; '' close; }\n${named(at, `location /ws/ { proxy_pass http://127.0.0.1:9; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $c${at}; }`)}`,
      ),
    ),
  /** A map of a map of a map... */
  'map-chain': (size) =>
    around(
      `${repeat(size, (at) => `map $c${at + 1} $c${at} { default $c${at + 1}; }`)}\nmap $http_upgrade $c${size} { default upgrade; '' close; }
       ${named(0, `location /ws/ { proxy_pass http://127.0.0.1:9; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $c0; }`)}`,
    ),
  'map-doubling': (size) =>
    around(
      `map $host $c0 { default a; }\n${repeat(size, (at) => `map $c${at} $c${at + 1} { default $c${at}$c${at}; }`)}
       ${named(0, `location /ws/ { ${PASS} proxy_set_header X-A $c${size}; }`)}`,
    ),
  geo: (size) =>
    around(`geo $g { default 0;\n${repeat(size, (at) => `10.${at >> 8}.${at & 255}.0/24 ${at};`)}\n}\n${named(0)}`),
};

const servers = {
  servers: (size) => around(repeat(size, (at) => named(at))),
  'faulty-servers': (size) => around(repeat(size, (at) => named(at, `location /ws/ {\n${FAULTY}\n}`))),
  listens: (size) => around(repeat(size, (at) => server(`listen 127.0.${at >> 8}.${at & 255}:8080;`))),
  ports: (size) => around(repeat(size, (at) => server(`listen ${1024 + at};`))),
  'listens-of-one': (size) => around(server(repeat(size, (at) => `listen 127.0.${at >> 8}.${at & 255}:8080;`))),
  'same-names': (size) => around(repeat(size, () => named(0))),
  names: (size) => around(server(`listen 8080; server_name\n${repeat(size, (at) => `n${at}.test`)};`)),
  'wildcard-names': (size) => around(server(`listen 8080; server_name\n${repeat(size, (at) => `*.n${at}.test`)};`)),
  'regex-names': (size) => around(server(`listen 8080; server_name\n${repeat(size, (at) => `~^n${at}\\.test$`)};`)),
  'regex-named-servers': (size) =>
    around(repeat(size, (at) => server(`listen 8080; server_name ~^(?<sub>.+)\\.s${at}\\.test$;`))),
  'deep-names': (size) => around(server(`listen 8080; server_name ${'a.'.repeat(size)}test;`)),
  upstreams: (size) =>
    around(
      repeat(
        size,
        (at) =>
          `upstream u${at} { server 127.0.0.1:9; }\n${named(at, `location /ws/ { proxy_pass http://u${at}; ${UPGRADE} }`)}`,
      ),
    ),
  'upstream-servers': (size) =>
    around(
      `upstream u { ${repeat(size, (at) => `server 127.0.${at >> 8}.${at & 255}:9;`)} }\n${named(0, `location /ws/ { proxy_pass http://u; ${UPGRADE} }`)}`,
    ),
};

const lines = {
  'header-lines': (size) => ws(repeat(size, (at) => `proxy_set_header X-H${at} v;`)),
  /** Header lines around, which every location inherits. */
  'inherited-headers': (size) =>
    within(
      `${UPGRADE}\n${repeat(size / 2, (at) => `proxy_set_header X-H${at} v;`)}\n${repeat(size / 2, (at) => `location /ws/${at}/ { proxy_pass http://127.0.0.1:9; }`)}`,
    ),
  /** And which every location drops. */
  'dropped-headers': (size) =>
    within(
      `${UPGRADE}\n${repeat(size / 2, (at) => `proxy_set_header X-H${at} v;`)}\n${repeat(size / 2, (at) => `location /ws/${at}/ { proxy_pass http://127.0.0.1:9; proxy_set_header X-A b; }`)}`,
    ),
  'long-line': (size) => ws('add_header X-A b; '.repeat(Math.ceil(size / 18))),
  'long-word': (size) => ws(`add_header X-A ${'a'.repeat(size)};`),
  'many-words': (size) => ws(`try_files ${'a '.repeat(size)} =404;`),
  comments: (size) => ws(repeat(size, (at) => `# comment ${at}`)),
  ignores: (size) => ws(repeat(size, () => '# nginx-ws-lint-ignore read-timeout\nproxy_buffering off;')),
  'unknown-directives': (size) => ws(repeat(size, (at) => `unheard_of_${at} 1;`)),
  duplicates: (size) => ws('proxy_buffering off;\n'.repeat(size)),
  'empty-lines': (size) => ws('\n'.repeat(size)),
};

const SHAPES = { ...snippets, ...nesting, ...locations, ...scripts, ...maps, ...servers, ...lines };

/** The sizes that issue and limits ask for, where they are not 10,000. */
const SIZES = {
  'map-entries': 100_000,
  'include-chain': 4_000,
  'doubling-includes': 40,
  'doubling-locations': 40,
  'nested-locations': 2_000,
  'nested-regex-locations': 4_000,
  'nested-headers': 4_000,
  'nested-braces': 40_000,
  'open-braces': 40_000,
  'map-chain': 4_000,
  'set-doubling': 400,
  'map-doubling': 400,
  'long-line': 1_000_000,
  'long-word': 1_000_000,
  'empty-lines': 1_000_000,
  comments: 100_000,
};

exports.SHAPES = SHAPES;
/** The size that a shape is measured at. */
exports.sizeOf = (name) => SIZES[name] ?? 10_000;
