import { readdirSync } from 'node:fs';
import { PRODUCTS } from '../../src/model/data/products';
import { GOOD, place } from './support';

const WITH_INCLUDE = 'events {}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n';
const HINTED = 'server { listen 80; location /live { proxy_pass http://127.0.0.1:1; } }\n';

describe('init', () => {
  it('writes a configuration file that is in force as it stands', () => {
    const at = place({ 'deploy/nginx.conf': WITH_INCLUDE, 'deploy/conf.d/a.conf': HINTED });
    expect(at.run(['init'])).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(at.run(['--print-config']).out.replaceAll(at.root, '@'))).toMatchObject({
      files: ['.nginx-ws-lint.jsonc'],
      paths: ['@/deploy'],
      maps: { '/etc/nginx': '@/deploy' },
    });
  });

  it('names locations that may serve WebSocket', () => {
    const at = place({ 'nginx.conf': WITH_INCLUDE, 'conf.d/a.conf': HINTED });
    at.run(['init']);
    expect(at.read('.nginx-ws-lint.jsonc')).toContain('// "websocket": ["/live"],');
  });

  it('writes one in an empty directory, too', () => {
    const at = place();
    expect(at.run(['init']).status).toBe(0);
    expect(at.read('.nginx-ws-lint.jsonc')).toContain('// "paths": ["deploy/nginx"],');
  });

  it.each([
    [['socketio'], 'Socket.IO is a product: nginx-ws-lint init --nginx socketio'],
    [['deploy'], 'deploy: no such file or directory; a product goes with --nginx: Socket.IO, '],
    [['--output', 'x.json'], '--output goes with --nginx; the configuration file is .nginx-ws-lint.jsonc'],
    [['--format', 'json'], '--format is not an option of init'],
  ])('is refused, and writes nothing: %j', (argv, message) => {
    const at = place();
    const { status, out, err } = at.run(['init', ...argv]);
    expect(err).toContain(`nginx-ws-lint: ${message}`);
    expect({ status, out, files: readdirSync(at.root) }).toEqual({ status: 2, out: '', files: [] });
  });

  it.each(['.nginx-ws-lint.jsonc', '.nginx-ws-lint.yaml'])('never overwrites: %s', (name) => {
    const at = place({ 'nginx.conf': GOOD, [name]: '{}' });
    expect(at.run(['init'])).toMatchObject({ status: 2, out: '' });
    expect(at.read(name)).toBe('{}');
  });
});

describe('init --nginx', () => {
  const findings = (text: string): unknown => {
    const argv = ['--context', 'http', '--fail-on', 'warning', '--format', 'compact', '-'];
    const { out, status } = place().run(argv, { stdin: text });
    const grave = out.split('\n').filter((line) => !line.includes(': info: '));
    return { status, out: grave.join('\n') };
  };

  it('writes a new file with --output, and none over another', () => {
    const at = place();
    expect(at.run(['init', '--nginx', '--output', 'ws.conf'])).toEqual({ status: 0, out: '', err: '' });
    expect(at.read('ws.conf')).toBe(at.run(['init', '--nginx']).out);
    expect(at.run(['init', '--nginx', 'grafana', '--output', 'ws.conf'])).toEqual({
      status: 2,
      out: '',
      err: 'nginx-ws-lint: ws.conf is there already; it stays as it is\n',
    });
  });

  it('prints a map and a location without a fault', () => {
    expect(findings(place().run(['init', '--nginx']).out)).toEqual({ status: 0, out: '' });
  });

  it.each(PRODUCTS.map(({ name }) => name))('for %s, too', (name) => {
    const { out } = place().run(['init', '--nginx', name]);
    expect(out).toContain(`# ${name} behind nginx`);
    expect(findings(out)).toEqual({ status: 0, out: '' });
  });

  it('takes names in any spelling, and suggests the nearest', () => {
    expect(place().run(['init', '--nginx', 'socketio']).out).toContain('location /socket.io');
    expect(place().run(['init', '--nginx', 'grafanna']).err).toContain('did you mean Grafana?');
  });
});
