import type { Product } from '../model/products';

const MINUTE = 60_000;
const MOST_LOCATIONS = 3;

/** What `init --nginx` prints: a map and locations that serve WebSocket well, for a product or for any backend. */
export function starterNginx(product: Product | null): string {
  const paths = product === null ? ['/ws'] : product.paths.slice(0, MOST_LOCATIONS);
  return [
    `# ${product === null ? 'WebSocket' : product.name} behind nginx. Change the names, the ports and the certificate.`,
    '',
    '# In the http block, once: tells the backend to switch when the client asks for it, and only then.',
    'map $http_upgrade $connection_upgrade {',
    '    default upgrade;',
    "    ''      close;",
    '}',
    '',
    ...upstream(product),
    '',
    'server {',
    '    listen 80;',
    '    server_name example.com;',
    ...paths.flatMap((path) => ['', ...location(path, product)]),
    '}',
    '',
  ].join('\n');
}

function upstream(product: Product | null): readonly string[] {
  const sticky = product?.affinity !== undefined;
  return [
    'upstream backend {',
    ...(sticky
      ? ['    # its fallback needs the same server each time; without a fallback, leave this out', '    ip_hash;']
      : []),
    '    server 127.0.0.1:3000;',
    '}',
  ];
}

function location(path: string, product: Product | null): readonly string[] {
  return [
    `    location ${pattern(path)} {`,
    '        proxy_pass http://backend;',
    '',
    '        # the handshake: HTTP/1.1 (the default from nginx 1.29.7 on) and the two headers that nginx drops by itself',
    '        proxy_http_version 1.1;',
    '        proxy_set_header Upgrade $http_upgrade;',
    '        proxy_set_header Connection $connection_upgrade;',
    '',
    `        # ${product?.checksOrigin !== undefined ? `${product.name} compares Origin with Host` : 'many backends compare Origin with Host'}`,
    '        proxy_set_header Host $http_host;',
    '        proxy_set_header X-Real-IP $remote_addr;',
    '        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '        proxy_set_header X-Forwarded-Proto $scheme;',
    '',
    `        # ${silence(product)}`,
    '        proxy_read_timeout 3600s;',
    ...(product?.fallback?.kind === 'stream'
      ? [
          '',
          '        # its fallback is a stream, which must not wait for a buffer to fill',
          '        proxy_buffering off;',
        ]
      : []),
    '    }',
  ];
}

/** `*` is any one segment. */
function pattern(path: string): string {
  if (!path.includes('*')) return path;
  const literal = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+');
  return `~ ^${literal}`;
}

function silence(product: Product | null): string {
  const closed = 'nginx closes a connection after 60 s without a byte either way';
  if (product?.ping == null) return `${closed}; let the application ping, too`;
  const often = `${product.name} pings every ${product.ping.every / 1000} s`;
  return product.ping.every < MINUTE ? `${closed}; ${often}, so this is a margin` : `${closed}, and ${often}: too late`;
}
