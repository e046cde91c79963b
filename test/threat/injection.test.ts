import { runIn } from '../cli/support';
import { plant } from '../fs/support';
import { annotationsIn } from '../report/runner';
import { readXml } from '../report/xml';

const EVIL =
  '\u001b]0;x\u0007\u001b[2J ::error::x ##[error]y ]]><script>alert(1)</script> %0A::error::z \u202e |`[a](http://b)';
const NAME = '::error file=x::y##[error]z<b>&"\'';

function plantEvil(): string {
  const quoted = EVIL.replace(/["\\]/g, '\\$&');
  return plant({
    [`conf.d/${NAME}.conf`]: `proxy_set_header "::error::h" x;\nproxy_set_header Upgrade "${quoted}";\nproxy_set_header Host "${quoted}";`,
    'nginx.conf': `events {}
http {
  include conf.d/*.conf;
  "::error::${quoted}" x;
  server { server_name "${quoted}"; location "/ws/${quoted}" { proxy_pass http://127.0.0.1:1; } location /ws { proxy_pass http://127.0.0.1:1; } }
}
`,
  });
}

function said(argv: readonly string[]): string {
  const { out, err } = runIn(plantEvil(), argv);
  return out + err;
}

const TEXTS = [
  ['nginx.conf'],
  ['nginx.conf', '--format', 'compact'],
  ['routes', 'nginx.conf'],
  ['trace', 'ws://x/ws', 'nginx.conf'],
];

test.each(TEXTS)('no terminal escape passes: %s %s', (...argv) => {
  expect(said(argv)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test.each(TEXTS)('no workflow command passes: %s %s', (...argv) => {
  expect(annotationsIn(said(argv))).toEqual([]);
});

test('annotations are those of findings alone', () => {
  const output = said(['nginx.conf', '--format', 'github']);
  const foreign = annotationsIn(output).filter(({ properties }) => properties['title'] === undefined);
  expect([annotationsIn(output).length > 0, foreign]).toEqual([true, []]);
});

test.each(['junit', 'checkstyle'])('%s stays well-formed', (format) => {
  const { out } = runIn(plantEvil(), ['nginx.conf', '--format', format]);
  expect(() => readXml(out)).not.toThrow();
});

test.each(['json', 'sarif', 'gitlab'])('%s stays JSON', (format) => {
  const { out } = runIn(plantEvil(), ['nginx.conf', '--format', format]);
  expect(() => JSON.parse(out) as unknown).not.toThrow();
});

test('SARIF holds no markup of the configuration', () => {
  const { out } = runIn(plantEvil(), ['nginx.conf', '--format', 'sarif']);
  const { runs } = JSON.parse(out) as { runs: { results: { message: { text: string } }[] }[] };
  const texts = runs.flatMap(({ results }) => results.map(({ message }) => message.text));
  expect(texts.filter((text) => /(?<!\\)\[a\]\(http/.test(text))).toEqual([]);
});

test('HTML holds no script of the configuration', () => {
  expect(said(['nginx.conf', '--format', 'html'])).not.toContain('<script>alert');
});
