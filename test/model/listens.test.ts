import { parseAddress } from '../../src/model/listen-address';
import { addressesAt, listens, ports } from '../../src/model/listens';
import { label } from '../../src/model/select';
import { configurationOf } from '../helpers/workspace';

function labels(text: string): string[] {
  return listens(configurationOf(`http { ${text} }`)).map(label);
}

describe('the address of a listen directive', () => {
  test.each([
    ['80', '*:80'],
    ['*:8080', '*:8080'],
    ['*', '*:80'],
    ['0.0.0.0:81', '*:81'],
    ['127.0.0.1', '127.0.0.1:80'],
    ['127.0.0.1:8080', '127.0.0.1:8080'],
    ['LocalHost:81', 'localhost:81'],
    ['[::]:80', '[::]:80'],
    ['[::1]', '[::1]:80'],
    ['[0:0::0:1]:443', '[::1]:443'],
    ['[2001:DB8:0:0:1:0:0:1]:80', '[2001:db8::1:0:0:1]:80'],
    ['[::ffff:1.2.3.4]:80', '[::ffff:102:304]:80'],
    ['unix:/run/nginx.sock', 'unix:/run/nginx.sock'],
  ])('%s is %s', (text, address) => {
    expect(parseAddress(text).map((each) => label({ ...each } as never))).toEqual([address]);
  });

  test('a range of ports is as many listens', () => {
    expect(parseAddress('8000-8002').map(({ port }) => port)).toEqual([8000, 8001, 8002]);
    expect(parseAddress('127.0.0.1:8000-8001').map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(parseAddress('[::1]:80-81')).toHaveLength(2);
  });

  test.each([
    '0',
    '65536',
    '80-79',
    'a:b',
    '127.0.0.1:',
    '[::1',
    '[::1]80',
    '[::x]:80',
    '[1:2]:80',
    'a/b:80',
    'unix:',
    '',
  ])('%j is refused', (text) => {
    expect(parseAddress(text)).toEqual([]);
  });
});

describe('listens of a configuration', () => {
  test('a server without listen has *:80', () => {
    expect(labels('server { server_name a; }')).toEqual(['*:80']);
  });

  test('options are read', () => {
    const [listen] = listens(
      configurationOf('http { server { listen 443 ssl http2 default_server proxy_protocol; } }'),
    );
    expect(listen).toMatchObject({ ssl: true, http2: true, defaultServer: true, proxyProtocol: true, quic: false });
  });

  test('ports are those of TCP, lowest first', () => {
    const text = 'server { listen 443 quic; listen 81; listen 8080 ssl; } server { listen unix:/x; listen 9; }';
    expect(ports(configurationOf(`http { ${text} }`))).toEqual([9, 81, 8080]);
  });

  test('options of one listen count for all servers of the address', () => {
    const text = 'server { listen 443 ssl; } server { listen 443 http2; listen 127.0.0.1:443; }';
    const [all, one] = addressesAt(configurationOf(`http { ${text} }`), 443);
    expect(all).toMatchObject({ ssl: true, http2: true });
    expect(one).toMatchObject({ ssl: false, http2: false });
  });

  test('the default server is the one that says so, else the first', () => {
    const text = 'server { listen 80; listen 81; } server { listen 80 default_server; listen *:81; }';
    const configuration = configurationOf(`http { ${text} }`);
    const [first, second] = configuration.http?.children ?? [];
    expect(addressesAt(configuration, 80)[0]?.default.server).toBe(second);
    expect(addressesAt(configuration, 81)[0]?.default.server).toBe(first);
  });

  test('`ssl on` of the default server makes its addresses speak TLS', () => {
    expect(addressesAt(configurationOf('http { ssl on; server { listen 80; } }'), 80)[0]?.ssl).toBe(true);
  });
});
