// Builds the realistic trees that are measured; shape-trees.js has the others.
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
