import { chrome, firefox, hostHeader, plainPost } from '../../src/handshake/clients';

const TO = { scheme: 'https', host: 'a.test', port: 443, target: '/ws?x' } as const;

test('Chrome sends its headers under these names in this order', () => {
  expect(chrome(TO).headers.map(([name]) => name)).toEqual([
    'Host',
    'Connection',
    'Pragma',
    'Cache-Control',
    'User-Agent',
    'Upgrade',
    'Origin',
    'Sec-WebSocket-Version',
    'Accept-Encoding',
    'Accept-Language',
    'Sec-WebSocket-Key',
    'Sec-WebSocket-Extensions',
  ]);
  expect(new Map(chrome(TO).headers).get('Origin')).toBe('https://a.test');
});

test('Firefox has two tokens in Connection, Chrome has one', () => {
  expect(new Map(firefox(TO).headers).get('Connection')).toBe('keep-alive, Upgrade');
  expect(new Map(chrome(TO).headers).get('Connection')).toBe('Upgrade');
});

test('a plain POST says how long its body is', () => {
  expect(new Map(plainPost(TO, 7).headers).get('Content-Length')).toBe('7');
});

test.each([
  ['https', 443, 'a.test'],
  ['https', 80, 'a.test:80'],
  ['http', 80, 'a.test'],
  ['http', 8080, 'a.test:8080'],
] as const)('the Host of %s on port %i is %s', (scheme, port, expected) => {
  expect(hostHeader(scheme, 'a.test', port)).toBe(expected);
});
