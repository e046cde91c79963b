// Builds the trees that are measured: realistic ones, and shapes that punish anything quadratic or recursive.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MAIN = (extra) => `worker_processes auto;
pid nginx.pid;
error_log stderr;

events {
    worker_connections 1024;
}

http {
    access_log off;
    variables_hash_max_size 2048;
    server_names_hash_max_size 65536;
    server_names_hash_bucket_size 128;

    map $http_upgrade $connection_upgrade {
        default upgrade;
        '' close;
    }

    upstream backend {
        server 127.0.0.1:8081;
        server 127.0.0.1:8082;
        keepalive 16;
    }
    upstream realtime {
        ip_hash;
        server 127.0.0.1:8083;
        server 127.0.0.1:8084;
    }

    ${extra}
}
`;

const SNIPPETS = {
  'proxy-headers.conf': `proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
`,
  'websocket.conf': `proxy_http_version 1.1;
proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;
proxy_read_timeout 3600s;
`,
};

/** 37 lines, 4 locations. A faulty one names Upgrade and Connection without HTTP/1.1. */
export function server(number, faulty) {
  const name = `app${number}.example.com`;
  const websocket = faulty
    ? `proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_set_header Host $host;
        proxy_read_timeout 3600s;`
    : `include snippets/websocket.conf;
        proxy_next_upstream error;
        proxy_send_timeout 60s;
        proxy_connect_timeout 5s;`;
  return `# ${name}: made for measuring
server {
    listen 80;
    server_name ${name} www.${name};
    root /var/www/app${number};
    client_max_body_size 20m;
    access_log off;

    location / {
        proxy_pass http://backend;
        proxy_http_version 1.1;
        include snippets/proxy-headers.conf;
    }

    location /static/ {
        expires 30d;
        add_header Cache-Control "public";
        try_files $uri =404;
    }

    location /ws {
        # events for browsers
        proxy_pass http://realtime;
        ${websocket}
    }

    location ~* ^/assets/[0-9]+/(.*)$ {
        proxy_pass http://backend;
        include snippets/proxy-headers.conf;
        proxy_read_timeout 30s;
        proxy_connect_timeout 5s;
    }

    error_page 502 503 /50x.html;
}
`;
}

/** A tree of `servers` files; every `each`-th is faulty. Returns its size. */
export function realisticTree(directory, servers, each = 10) {
  return writeTree(directory, {
    ...Object.fromEntries(Object.entries(SNIPPETS).map(([name, text]) => [`snippets/${name}`, text])),
    ...Object.fromEntries(
      Array.from({ length: servers }, (_, at) => [
        `sites/${String(at).padStart(6, '0')}.conf`,
        server(at, at % each === 0),
      ]),
    ),
    'nginx.conf': MAIN('include sites/*.conf;'),
  });
}

export function writeTree(directory, files) {
  let bytes = 0;
  let lines = 0;
  const made = new Set();
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name);
    const parent = join(path, '..');
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(path, text);
    bytes += Buffer.byteLength(text);
    lines += text.split('\n').length - 1;
  }
  return { directory, files: Object.keys(files).length, lines, bytes };
}

const UPGRADE = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';

const around = (http) => `events {}\nhttp {\n${http}\n}\n`;
const within = (inside) => around(`server { listen 8080; server_name a.test;\n${inside}\n}`);
const repeat = (count, make) => Array.from({ length: count }, (_, at) => make(at)).join('\n');

/** Name -> files of a tree of that shape, `size` being what its name says. */
export const SHAPES = {
  /** One snippet, included in `size` locations of `size / 4` servers. */
  'shared-snippet': (size) => ({
    'ws.conf': `${UPGRADE}\n`,
    'nginx.conf': around(
      repeat(size / 4, (at) => {
        const locations = repeat(4, (k) => `location /ws/${k}/ { proxy_pass http://127.0.0.1:9; include ws.conf; }`);
        return `server { listen 8080; server_name s${at}.test;\n${locations}\n}`;
      }),
    ),
  }),
  /** The same where every occurrence wants a repair. */
  'shared-faulty-snippet': (size) => ({
    'ws.conf': 'proxy_set_header Upgrade $http_upgrade;\n',
    'nginx.conf': within(
      repeat(size, (at) => `location /ws/${at}/ { proxy_pass http://127.0.0.1:9; include ws.conf; }`),
    ),
  }),
  locations: (size) => ({
    'nginx.conf': within(repeat(size, (at) => `location /ws/${at}/ { proxy_pass http://127.0.0.1:9; ${UPGRADE} }`)),
  }),
  'regex-locations': (size) => ({
    'nginx.conf': within(
      repeat(size, (at) => `location ~ ^/ws/${at}/(.*)$ { proxy_pass http://127.0.0.1:9; ${UPGRADE} }`),
    ),
  }),
  'map-entries': (size) => ({
    'nginx.conf': around(
      `map_hash_max_size 1048576; map_hash_bucket_size 128; map $host $backend { default 127.0.0.1:9;\n${repeat(size, (at) => `h${at}.test 127.0.0.1:${1 + (at % 60000)};`)}\n}
       server { listen 8080; server_name a.test; location /ws/ { proxy_pass http://$backend; ${UPGRADE} } }`,
    ),
  }),
  'regex-map-entries': (size) => ({
    'nginx.conf': around(
      `map $host $backend { default 127.0.0.1:9;\n${repeat(size, (at) => `~^h${at}\\.test$ 127.0.0.1:${1 + (at % 60000)};`)}\n}
       server { listen 8080; server_name a.test; location /ws/ { proxy_pass http://$backend; ${UPGRADE} } }`,
    ),
  }),
  'include-chain': (size) => ({
    ...Object.fromEntries(Array.from({ length: size }, (_, at) => [`c${at}.conf`, `include c${at + 1}.conf;\n`])),
    [`c${size}.conf`]: `server { listen 8080; location /ws/ { proxy_pass http://127.0.0.1:9; ${UPGRADE} } }\n`,
    'nginx.conf': around('include c0.conf;'),
  }),
  'nested-locations': (size) => {
    const open = repeat(size, (at) => `location /${'a'.repeat(at + 1)} {`);
    return {
      'nginx.conf': within(`${open} proxy_pass http://127.0.0.1:9; ${UPGRADE} ${'}'.repeat(size)}`),
    };
  },
  'nested-braces': (size) => ({ 'nginx.conf': `${'a {'.repeat(size)}${'}'.repeat(size)}\n` }),
  ifs: (size) => ({
    'nginx.conf': within(
      `location /ws/ { ${repeat(size, (at) => `if ($arg_a = ${at}) { set $b ${at}; }`)}
       proxy_pass http://127.0.0.1:9; ${UPGRADE} }`,
    ),
  }),
  'header-lines': (size) => ({
    'nginx.conf': within(
      `location /ws/ { proxy_pass http://127.0.0.1:9; ${UPGRADE}\n${repeat(size, (at) => `proxy_set_header X-H${at} v;`)}\n}`,
    ),
  }),
  'long-line': (size) => ({
    'nginx.conf': within(
      `location /ws/ { proxy_pass http://127.0.0.1:9; ${UPGRADE} ${'add_header X-A b; '.repeat(Math.ceil(size / 18))} }`,
    ),
  }),
  'long-word': (size) => ({
    'nginx.conf': within(
      `location /ws/ { proxy_pass http://127.0.0.1:9; ${UPGRADE} add_header X-A ${'a'.repeat(size)}; }`,
    ),
  }),
  servers: (size) => ({
    'nginx.conf': around(
      repeat(
        size,
        (at) =>
          `server { listen 8080; server_name s${at}.test; location /ws/ { proxy_pass http://127.0.0.1:9; ${UPGRADE} } }`,
      ),
    ),
  }),
  listens: (size) => ({
    'nginx.conf': around(
      repeat(
        size,
        (at) =>
          `server { listen 127.0.${at >> 8}.${at & 255}:8080; location /ws/ { proxy_pass http://127.0.0.1:9; ${UPGRADE} } }`,
      ),
    ),
  }),
  upstreams: (size) => ({
    'nginx.conf': around(
      repeat(
        size,
        (at) =>
          `upstream u${at} { server 127.0.0.1:9; } server { listen 8080; server_name s${at}.test; location /ws/ { proxy_pass http://u${at}; ${UPGRADE} } }`,
      ),
    ),
  }),
  rewrites: (size) => ({
    'nginx.conf': within(
      `location /ws/ { ${repeat(size, (at) => `rewrite ^/no/${at}/(.*)$ /$1;`)}
       proxy_pass http://127.0.0.1:9; ${UPGRADE} }`,
    ),
  }),
};
