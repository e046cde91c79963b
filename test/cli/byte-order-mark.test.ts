import { GOOD, place } from './support';

const MARK = '\ufeff';
const ONLY = ['--only', 'refused-directive', '--format', 'compact', 'nginx.conf'];
const SITE = `${MARK}server { listen 81; location /ws { proxy_pass http://127.0.0.1:1; } }`;
const INCLUDING = GOOD.replace('http {', 'http {\n  include site;');

test('a byte order mark in an included file is refused, and its routes are judged', () => {
  const at = place({ 'nginx.conf': INCLUDING, site: SITE });
  expect(at.run(ONLY)).toMatchObject({ status: 1, out: expect.stringContaining('site:1:1: error') as string });
  expect(at.run(['routes', '.']).out).toContain('location /ws -> proxy_pass http://127.0.0.1:1');
});

test('a byte order mark makes a main file no fragment', () => {
  const { out } = place({ 'x.inc': MARK + GOOD }).run(['--only', 'http-version', 'x.inc']);
  expect(out).toContain('1 proxying route');
});

test('a byte order mark before the first key of a table is a warning: nginx takes it for part of the key', () => {
  const text = 'events {}\nhttp { map $uri $a { include site; } }';
  expect(place({ 'nginx.conf': text, site: `${MARK}a b;` }).run(ONLY)).toMatchObject({
    status: 0,
    out: expect.stringContaining('site:1:1: warning') as string,
  });
});
