import { runIn } from '../cli/support';
import { GOOD } from '../cli/support';
import { plant } from '../fs/support';

const SUBJECT = `/${'a'.repeat(2000)}!`;
const LIMIT_MS = 8_000;

test.each(['(a+)+$', '(a|a)*b', '^(([a-z])+.)+[A-Z]$', '(?=(a+)+b)', '(.*)*x', '(a{1,100}){1,100}b'])(
  'a regex that takes for ever elsewhere does not here: %s',
  (regex) => {
    const server = `location ~ "^/${regex}" { proxy_pass http://127.0.0.1:1; }\nif ($uri ~ "${regex}") { return 404; }`;
    const root = plant({
      'nginx.conf': GOOD.replace('server_name example.com;', `server_name ~"${regex}";\n${server}`),
    });
    const started = performance.now();
    for (const argv of [['nginx.conf'], ['trace', `ws://example.com${SUBJECT}`, 'nginx.conf']]) {
      expect([0, 1, 2]).toContain(runIn(root, argv).status);
    }
    expect(performance.now() - started).toBeLessThan(LIMIT_MS);
  },
);

test.each([
  ['blocks', 'a{'.repeat(40_000)],
  ['closing braces', '}'.repeat(40_000)],
  ['words', `a ${'b '.repeat(100_000)};`],
  ['one word', 'a'.repeat(400_000)],
  ['open quotes', '" '.repeat(40_000)],
  ['escapes', '\\'.repeat(400_000)],
  ['variables', `set $a "${'$a'.repeat(100_000)}";`],
])('a file of nothing but %s is judged in time', (_, text) => {
  const root = plant({ 'nginx.conf': `events {}\nhttp {\n${text}` });
  const started = performance.now();
  expect([1, 2]).toContain(runIn(root, ['nginx.conf']).status);
  expect(performance.now() - started).toBeLessThan(LIMIT_MS);
});

test('variables that double at each step stay within bounds', () => {
  const sets = Array.from({ length: 64 }, (_, n) => `set $v${n + 1} "$v${n}$v${n}";`).join('\n');
  const root = plant({
    'nginx.conf': GOOD.replace('proxy_pass', `set $v0 aaaaaaaa;\n${sets}\nproxy_set_header X $v64;\nproxy_pass`),
  });
  const started = performance.now();
  expect([0, 1]).toContain(runIn(root, ['nginx.conf']).status);
  expect(performance.now() - started).toBeLessThan(LIMIT_MS);
});
