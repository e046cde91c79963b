import { maskHeader, maskText, secretSpans } from '../../src/lint/secrets';
import { isSecretName } from '../../src/text/secret-names';
import { createSource } from '../../src/text/source';

const masked = (text: string): string => {
  let shown = '';
  let at = 0;
  for (const { start, end } of secretSpans(createSource('a.conf', text))) {
    shown += `${text.slice(at, start)}***`;
    at = end;
  }
  return shown + text.slice(at);
};

describe('names', () => {
  it.each([
    'Authorization',
    'Proxy-Authorization',
    'Cookie',
    'Set-Cookie',
    'X-Api-Key',
    'X-Auth-Token',
    '$http_x_api_key',
    '$cookie_sid',
    '${api_token}',
    'DB_PASSWORD',
    'client_secret',
    'X-Access-Key',
  ])('%s holds a secret', (name) => expect(isSecretName(name)).toBe(true));

  it.each([
    'Sec-WebSocket-Key',
    'Sec-WebSocket-Version',
    'Host',
    'Upgrade',
    '$http_upgrade',
    'X-Forwarded-For',
    'X-Cache-Key',
    '$monkey',
    'X-Keyboard',
    'Connection',
  ])('%s holds none', (name) => expect(isSecretName(name)).toBe(false));
});

describe('in a configuration', () => {
  it.each([
    ['proxy_set_header Authorization "Basic dXNlcjpw";', 'proxy_set_header Authorization "Basic ***";'],
    ['proxy_set_header Authorization $http_authorization;', null],
    ['proxy_set_header Authorization "Bearer $jwt";', null],
    ['proxy_set_header Cookie "a=$cookie_a; k=topsecret";', 'proxy_set_header Cookie "a=***";'],
    ['add_header Set-Cookie sid=12345678;', 'add_header Set-Cookie sid=***;'],
    ['proxy_set_header\n  X-Api-Key\n  abc123;', 'proxy_set_header\n  X-Api-Key\n  ***;'],
    ['set $api_token "abc123";', 'set $api_token "***";'],
    ['set $token $arg_token;', null],
    ['fastcgi_param DB_PASSWORD s3cret;', 'fastcgi_param DB_PASSWORD ***;'],
    ['env API_TOKEN=abc123;', 'env API_TOKEN=***;'],
    ['env API_TOKEN;', null],
    ['map $http_x_api_key $ok { default 0; "abc123" 1; }', 'map $http_x_api_key $ok { default 0; "***" 1; }'],
    ['map $host $api_key { a.example abc123; }', 'map $host $api_key { a.example ***; }'],
    [
      'if ($http_authorization != "Basic abc123") { return 401; }',
      'if ($http_authorization != "Basic ***") { return 401; }',
    ],
    ['secure_link_secret hush;', 'secure_link_secret ***;'],
    ['proxy_pass http://a/?token=abc123&x=1;', 'proxy_pass http://a/?token=***&x=1;'],
    ['return 301 https://user:pw123@a/;', 'return 301 https://***@a/;'],
    ['proxy_pass http://a/?x=1;', null],
    ['# proxy_set_header Authorization "Basic dXNlcjpw";', '# proxy_set_header Authorization "Basic ***";'],
    ['# the Authorization header goes here', null],
    ['ssl_certificate_key /etc/ssl/key.pem;', null],
    ['proxy_set_header Sec-WebSocket-Key $http_sec_websocket_key;', null],
    ['more_set_input_headers "Authorization: Basic dXNlcjpw";', 'more_set_input_headers "Authorization: Basic ***";'],
  ])('%s', (text, expected) => {
    expect(masked(text)).toBe(expected ?? text);
  });
});

describe('in messages', () => {
  it.each([
    ['Authorization: Basic dXNlcjpw is sent', 'Authorization: Basic *** is sent'],
    ['a handshake needs the token "upgrade" in Connection', null],
    ['proxy_pass http://u:p4ss@a/ leads nowhere', 'proxy_pass http://***@a/ leads nowhere'],
    ['wss://a/ws?access_token=abcdef', 'wss://a/ws?access_token=***'],
    ['Sec-WebSocket-Key is blanked', null],
    ['Connection: close', null],
  ])('%s', (text, expected) => {
    expect(maskText(text)).toBe(expected ?? text);
  });

  it('headers by their name', () => {
    expect(maskHeader('Authorization', 'Bearer abc')).toBe('Bearer ***');
    expect(maskHeader('Cookie', 'a=b')).toBe('***');
    expect(maskHeader('Host', 'a')).toBe('a');
  });
});

it('time stays linear in a long line of what nearly matches', () => {
  const text = `# ${'authorization '.repeat(20_000)}`;
  const start = Date.now();
  masked(text);
  maskText('://a:'.repeat(20_000));
  expect(Date.now() - start).toBeLessThan(2000);
});
