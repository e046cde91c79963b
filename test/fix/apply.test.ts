import { editSource } from '../../src/fix/apply';
import type { Source } from '../../src/text/source';
import { workspaceOf } from '../helpers/workspace';
import { planIn, upgrade, httpVersion, type Wanted } from './planned';

/** A template: `{{...}}` is read as as many `x`. */
function template(text: string): Source {
  const placeholders = [...text.matchAll(/\{\{.*?\}\}/g)].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
  const code = text.replace(/\{\{.*?\}\}/g, (match) => 'x'.repeat(match.length));
  return { path: 'nginx.conf', text, encoding: 'utf8', code, placeholders };
}

const TEMPLATE = template(`http {
  server {
    proxy_set_header Host {{ host }};
    location /ws {
      proxy_pass http://{{ backend }};
      proxy_http_version {{ version }};
    }
  }
}
`);

function planned(wanted: Wanted): ReturnType<typeof planIn> {
  const workspace = workspaceOf({ 'nginx.conf': '' });
  return planIn({ ...workspace, files: new Map([['nginx.conf', TEMPLATE]]) }, wanted);
}

test('a placeholder is never edited', () => {
  const { fixes } = planned((routes) => routes.map((route) => [httpVersion(route)]));
  expect(fixes.map(({ refused }) => refused)).toEqual(['a placeholder of the template stands there']);
});

test('lines between placeholders are written, and one that is restated keeps its placeholder', () => {
  const { texts } = planned((routes) => routes.map((route) => [upgrade(route)]));
  expect(texts['nginx.conf']).toContain(
    '{{ version }};\n      proxy_set_header Host {{ host }};\n      proxy_set_header Upgrade $http_upgrade;\n',
  );
});

test('an edited template knows its placeholders, old and copied', () => {
  const start = TEMPLATE.text.indexOf('    location');
  const after = editSource(TEMPLATE, [{ start, end: start, text: 'a {{ host }};\n' }]);
  expect(after.placeholders.map((span) => after.text.slice(span.start, span.end))).toEqual([
    '{{ host }}',
    '{{ host }}',
    '{{ backend }}',
    '{{ version }}',
  ]);
  expect(after.code).toBe(template(after.text).code);
});

test('bytes of a latin1 file stay bytes', () => {
  const source: Source = { path: 'a', text: 'caf\xe9;', encoding: 'latin1', code: 'caf\xe9;', placeholders: [] };
  expect(editSource(source, [{ start: 5, end: 5, text: '\n' }])).toMatchObject({
    text: 'caf\xe9;\n',
    encoding: 'latin1',
  });
});
