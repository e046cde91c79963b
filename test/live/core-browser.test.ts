import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fix, lint, trace } from '../../src/core';
import { builtPackage } from '../helpers/built';
import { describeChromium, reportOfPage } from './chromium';

const FILES = {
  'nginx.conf': 'events {}\nhttp { include /etc/nginx/grüße/*.conf; }\n',
  'grüße/a.conf': 'server {\n  listen 80;\n  location /ws { proxy_pass http://127.0.0.1:3000; }\n}\n',
};

/** Everything that a page may want, and what becomes of a tree that was fixed there. */
const PAGE = `<!doctype html><script type="module">
const say = (report) => fetch('/', { method: 'POST', body: JSON.stringify(report) });
addEventListener('error', ({ message }) => say({ error: message }));
addEventListener('unhandledrejection', ({ reason }) => say({ error: String(reason) }));
const { lint, fix, trace, format, rules } = await import('/core.mjs');
const files = ${JSON.stringify(FILES)};
const report = lint(files);
const fixed = fix(files);
say({
  report,
  after: lint({ ...files, ...fixed.files }).summary.errors,
  patch: fixed.patch,
  trace: trace(files, 'ws://example.com/ws'),
  formats: ['pretty', 'markdown', 'sarif', 'html'].map((name) => format(report, name).includes('http-version')),
  rules: rules.length > 30,
});
</script>`;

describeChromium('dist/core.mjs in Chromium', () => {
  test('lints, fixes, traces and reports there as it does here', async () => {
    const module = { type: 'text/javascript', body: readFileSync(join(builtPackage(), 'dist/core.mjs')) };
    const seen = await reportOfPage(PAGE, new Map([['/core.mjs', module]]));
    const asInJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(seen).toEqual({
      report: asInJson(lint(FILES)),
      after: 0,
      patch: fix(FILES).patch,
      trace: asInJson(trace(FILES, 'ws://example.com/ws')),
      formats: [true, true, true, true],
      rules: true,
    });
  }, 60_000);
});
