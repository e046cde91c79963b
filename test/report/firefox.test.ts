import { place } from '../cli/support';

describe('where Firefox gets another answer than Chrome', () => {
  const text = `events {} http { server { listen 80; location /ws { if ($http_connection != Upgrade) { return 400; }
    proxy_pass http://127.0.0.1:1; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection upgrade; } } }`;
  const out = (...args: readonly string[]): string => place({ 'nginx.conf': text }).run([...args, 'nginx.conf']).out;

  it('trace says so', () => {
    expect(out('trace', 'ws://a/ws')).toMatch(/switches: 101.*\n +in Firefox .*: nginx answers 400/);
  });

  it('routes says so', () => {
    expect(out('routes')).toMatch(/in Firefox .*: nginx answers 400/);
  });

  it('the summary counts it', () => {
    expect(out()).toContain('in Firefox, unlike in Chrome: 1 fail');
  });

  it('JSON has it beside the outcome', () => {
    const { traces } = JSON.parse(out('trace', '--format', 'json', 'ws://a/ws')) as { traces: readonly object[] };
    expect(traces).toMatchObject([{ outcome: 'switches', firefox: { outcome: 'fails', status: 400 } }]);
  });

  it('elsewhere nothing is said', () => {
    const { out: plain } = place({ 'nginx.conf': text.replace('$http_connection != Upgrade', '$http_x') }).run([
      'routes',
      'nginx.conf',
    ]);
    expect(plain).not.toContain('Firefox');
  });
});
