import { chrome } from '../../src/handshake/clients';
import { destinationOf, readUrl } from '../../src/handshake/destination';
import type { AskedUrl } from '../../src/handshake/destination';
import { simulate } from '../../src/handshake/simulate';
import { NEWEST } from '../../src/model/version';
import { configurationOf } from '../helpers/workspace';
import { inShort, WS } from './ask';

function asked(text: string): AskedUrl {
  const url = readUrl(text);
  if ('error' in url) throw new Error(url.error);
  return url;
}

describe('a URL', () => {
  it.each([
    ['ws://a/b?c=d', { scheme: 'http', host: 'a', port: null, target: '/b?c=d' }],
    ['wss://A.Example:8443/B', { scheme: 'https', host: 'a.example', port: 8443, target: '/B' }],
    ['http://a', { scheme: 'http', host: 'a', port: null, target: '/' }],
    ['https://a?b', { scheme: 'https', host: 'a', port: null, target: '/?b' }],
    ['ws://[::1]:81/x', { scheme: 'http', host: '[::1]', port: 81, target: '/x' }],
    ['ws://user:pw@a/x', { scheme: 'http', host: 'a', port: null, target: '/x' }],
    ['ws://a/x#y', { scheme: 'http', host: 'a', port: null, target: '/x' }],
    ['ws://a/b c"<é', { scheme: 'http', host: 'a', port: null, target: '/b%20c%22%3C%C3%A9' }],
    ['ws://a/%2e%2E//x/../y', { scheme: 'http', host: 'a', port: null, target: '/%2e%2E//x/../y' }],
    ['ws://bücher.example/', { scheme: 'http', host: 'xn--bcher-kva.example', port: null, target: '/' }],
    ['WS://a:/x', { scheme: 'http', host: 'a', port: null, target: '/x' }],
  ])('%s is read as a browser reads it', (text, expected) => {
    expect(asked(text)).toEqual(expected);
  });

  it.each(['ftp://a/', 'ws:///x', 'ws://a:99999/', 'ws://a:0/', 'ws://a:b/', 'a/b', 'ws://a b/'])(
    '%s is refused',
    (text) => {
      expect(readUrl(text)).toHaveProperty('error');
    },
  );
});

describe('without a port', () => {
  const portFor = (url: string, servers: string): readonly [number, number] => {
    const { destination, notes } = destinationOf(asked(url), configurationOf(`events {} http { ${servers} }`));
    return [destination.port, notes.length];
  };
  const server = (listen: string, name = ''): string => {
    return `server { listen ${listen}; ${name === '' ? '' : `server_name ${name};`} location / { proxy_pass http://a; } }`;
  };

  it.each([
    ['the default port of the scheme', 'ws://a/', server('80') + server('8080'), [80, 0]],
    ['that of wss', 'wss://a/', server('443 ssl') + server('80'), [443, 0]],
    ['nobody there: the lowest', 'ws://a/', server('8081') + server('8080'), [8080, 1]],
    ['a name that fits wins over the lowest', 'ws://b/', server('8080', 'a') + server('9090', 'b'), [9090, 1]],
    ['an exact name wins over a wildcard', 'ws://x.b/', server('8080', '*.b') + server('9090', 'x.b'), [9090, 1]],
    ['a leading wildcard over a trailing one', 'ws://x.b/', server('8080', 'x.*') + server('9090', '*.b'), [9090, 1]],
    ['a wildcard over a regex', 'ws://x.b/', server('8080', '~^x') + server('9090', 'x.*'), [9090, 1]],
    ['a regex over nothing', 'ws://x.b/', server('8080', 'q') + server('9090', '~^x'), [9090, 1]],
    ['wss asks for TLS', 'wss://a/', server('8080') + server('8443 ssl'), [8443, 1]],
    ['no TLS anywhere: the default port', 'wss://a/', server('8080'), [443, 0]],
  ])('it is %s', (_, url, servers, expected) => {
    expect(portFor(url, servers)).toEqual(expected);
  });

  it('the other ports are named', () => {
    const configuration = configurationOf(`events {} http { ${server('8080')} ${server('9090')} }`);
    expect(destinationOf(asked('ws://a/'), configuration).notes).toEqual([
      'no server listens on port 80; port 8080 is taken for it; other ports: 9090',
    ]);
  });

  it('a port that is given is taken', () => {
    expect(portFor('ws://a:1234/', server('80'))).toEqual([1234, 0]);
  });
});

describe('a port of the stream block', () => {
  const follow = (url: string, stream: string, listen: string): string => {
    const web = `server { listen ${listen}; location / { ${WS} proxy_pass http://127.0.0.1:1; } }`;
    const configuration = configurationOf(`events {} stream { ${stream} } http { ${web} }`);
    const { destination } = destinationOf(asked(url), configuration);
    return inShort(simulate(configuration, chrome(destination), NEWEST));
  };
  const stream = (lines: string, listen = '90'): string => `server { listen ${listen}; ${lines} }`;
  const preread =
    'map $ssl_preread_server_name $n { a web; default 127.0.0.1:1; } upstream web { server 127.0.0.1:91; } ';

  it.each([
    ['leads to a server', 'ws://a:90/', stream('proxy_pass 127.0.0.1:91;'), '91', 'switches'],
    [
      'by an upstream',
      'ws://a:90/',
      `upstream u { server localhost:91; } ${stream('proxy_pass u;')}`,
      '91',
      'switches',
    ],
    ['by the name in TLS', 'wss://a:90/', preread + stream('ssl_preread on; proxy_pass $n;'), '91 ssl', 'switches'],
    ['by another name', 'wss://b:90/', preread + stream('ssl_preread on; proxy_pass $n;'), '91 ssl', 'unknown'],
    ['ends TLS', 'wss://a:90/', stream('proxy_pass 127.0.0.1:91;', '90 ssl'), '91', 'switches'],
    ['does not', 'wss://a:90/', stream('proxy_pass 127.0.0.1:91;'), '91', 'fails bad-request'],
    ['starts TLS', 'ws://a:90/', stream('proxy_ssl on; proxy_pass 127.0.0.1:91;'), '91 ssl', 'switches'],
    ['without a port in the URL', 'wss://a/', stream('proxy_pass 127.0.0.1:91;', '443'), '91 ssl', 'switches'],
    [
      'with the PROXY protocol',
      'ws://a:90/',
      stream('proxy_protocol on; proxy_pass 127.0.0.1:91;'),
      '91 proxy_protocol',
      'switches',
    ],
    [
      'with it unexpected',
      'ws://a:90/',
      stream('proxy_protocol on; proxy_pass 127.0.0.1:91;'),
      '91',
      'fails 400 bad-request',
    ],
    ['without it', 'ws://a:90/', stream('proxy_pass 127.0.0.1:91;'), '91 proxy_protocol', 'fails bad-request'],
    ['leads elsewhere', 'ws://a:90/', stream('proxy_pass 10.0.0.1:91;'), '91', 'unknown'],
    ['UDP alone is nothing', 'ws://a:90/', stream('proxy_pass 127.0.0.1:91;', '90 udp'), '91', 'fails bad-request'],
  ])('%s', (_title, url, streams, listen, expected) => {
    expect(follow(url, streams, listen)).toBe(expected);
  });
});
