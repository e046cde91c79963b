import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { contextOf, isMainFile } from '../../src/fs/context';
import { decode } from '../../src/fs/decode';
import { parse } from '../../src/syntax/parse';
import { createSource } from '../../src/text/source';

const contextOfText = (text: string, directory = ''): string | null =>
  contextOf(parse(createSource('x', text)), directory)?.join(',') ?? null;

test.each([
  ['server { listen 80; }', 'http'],
  ['upstream b { server a; } server { location / {} }', 'http'],
  ['map $http_upgrade $connection_upgrade { default upgrade; }', 'http'],
  ['server { listen 53 udp; proxy_pass dns; }', 'stream'],
  ['upstream b { server a; } server { proxy_pass b; ssl_preread on; }', 'stream'],
  ['location / { proxy_pass http://b; }', 'http,server'],
  ['location /a {} proxy_set_header Host $host;', 'http,server'],
  ['listen 80; server_name x;', 'http,server'],
  ['proxy_pass http://b; proxy_http_version 1.1;', 'http,server,location'],
  ['proxy_set_header Upgrade $http_upgrade;', 'http,server,location'],
  ['server 10.0.0.1:80; server 10.0.0.2:80;', 'http,upstream'],
  ['keepalive 32;', 'http,upstream'],
  ['user www; worker_processes 2;', ''],
  ['load_module x.so;', ''],
  ['worker_connections 100; use epoll;', 'events'],
  ['~*bot 1; default 0;', 'http,map'],
  ['text/html html htm;', 'http,map'],
  ['server { listen 80; } lcation / {}', 'http'],
  ['server { smtp_auth login; protocol smtp; }', 'mail'],
])('%s stands in %s', (text, context) => {
  expect(contextOfText(text)).toBe(context);
});

test('the directory decides what the directives leave open', () => {
  expect(contextOfText('proxy_read_timeout 1h;', 'conf.d')).toBe('http');
  expect(contextOfText('proxy_read_timeout 1h;', 'snippets')).toBe('http,server,location');
  expect(contextOfText('upstream b { server a; }', 'streams-enabled')).toBe('stream');
  expect(contextOfText('location / {}', 'conf.d')).toBe('http,server');
});

test('nothing, comments and includes alone tell nothing', () => {
  expect(['', '# x', 'include a;'].map((text) => contextOfText(text))).toEqual([null, null, null]);
});

test('a main file holds blocks that nothing may enclose', () => {
  const answers = ['events {}', 'http {}', 'stream {}', 'server {}', 'http on;'].map((text) =>
    isMainFile(parse(createSource('x', text))),
  );
  expect(answers).toEqual([true, true, true, false, false]);
});

interface Row {
  readonly file: string;
  readonly kind: string;
}

const corpus = path.resolve(__dirname, '../../../shared/corpus');
const expected: Readonly<Record<string, RegExp>> = {
  'full nginx.conf': /^main$/,
  'http-level': /^http$/,
  'server-level': /^http,server$/,
  'location-level snippet': /^http(?:,(?:server(?:,location)?|upstream|map))?$/,
};

(existsSync(path.join(corpus, 'index.jsonl')) ? test : test.skip)('agrees with the corpus on 95 % of its files', () => {
  const rows = readFileSync(path.join(corpus, 'index.jsonl'), 'utf8').split('\n').filter(Boolean);
  const wrong: string[] = [];
  let judged = 0;
  for (const row of rows.map((line) => JSON.parse(line) as Row)) {
    const pattern = expected[row.kind];
    const file = path.join(corpus, row.file);
    if (pattern === undefined || !existsSync(file)) continue;
    judged++;
    const tree = parse(decode(row.file, readFileSync(file)));
    const context = isMainFile(tree) ? 'main' : (contextOf(tree, '')?.join(',') ?? '-');
    if (!pattern.test(context)) wrong.push(`${row.kind} ${context} ${row.file}`);
  }
  if (process.env['SHOW_WRONG'] !== undefined) console.log(judged, wrong);
  expect(judged).toBeGreaterThan(0);
  expect(wrong.length / judged).toBeLessThan(0.05);
});
