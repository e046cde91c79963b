import { place } from '../cli/support';

const JINJA = `server {
  listen {{ port }};
  server_name {{ name | default("a b") }};
  location {{ path }} {
    proxy_pass http://{{ backend }};
    proxy_set_header Upgrade $http_upgrade;
  }
  location /ws { proxy_pass http://{{ backend }}; }
}
`;
const ENVSUBST = 'server {\n  location /ws {\n    proxy_pass http://${HOST}:${PORT};\n  }\n}\n';
const MASKED = /[\ue000-\ue07f]|\\u?ee|î/;

describe('placeholders of templates are shown as they are written', () => {
  const at = place({ 'x.conf.j2': JINJA, 'x.conf.template': ENVSUBST });

  test('in the list of routes', () => {
    const { out } = at.run(['routes', 'x.conf.j2']);
    expect(out).toContain('server {{ name | default("a b") }}  listen {{ port }}');
    expect(out).toContain('location {{ path }} -> proxy_pass http://{{ backend }}');
    expect(at.run(['routes', 'x.conf.template']).out).toContain('proxy_pass http://${HOST}:${PORT}');
  });

  test('in JSON', () => {
    const { out } = at.run(['--format', 'json', 'x.conf.j2']);
    expect(JSON.parse(out)).toMatchObject({
      routes: [{ location: { pattern: '{{ path }}' }, proxyPass: { value: 'http://{{ backend }}' } }, {}],
    });
  });

  test.each(['pretty', 'compact', 'json', 'github', 'sarif', 'junit', 'checkstyle', 'gitlab', 'html', 'markdown'])(
    'in %s, whatever it says',
    (format) => {
      expect(at.run(['--format', format, 'x.conf.j2', 'x.conf.template']).out).not.toMatch(MASKED);
    },
  );
});

test('a tag that stands for a whole directive may hold what is missing', () => {
  const text = JINJA.replace('http://{{ backend }}; }', 'http://127.0.0.1:1; {{ extra }}; }');
  expect(place({ 'x.j2': text }).run(['routes', 'x.j2']).out).toMatch(/unknown +location \/ws/);
});
