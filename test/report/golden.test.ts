import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runIn } from '../cli/support';
import { expectGolden } from '../helpers/golden';

const fixtures = path.join(__dirname, '../../fixtures/reports');
const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'nginx-ws-lint-golden-')));

beforeAll(() => cpSync(fixtures, root, { recursive: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What does not hang on rules that may be added: these are the ones that the trees were made for. */
const RULES =
  'http-version,upgrade-header,connection-header,inherited-headers-dropped,unused-ignore,connection-upgrade-map';
const URLS = [
  'wss://app.example.com/ws/x?token=1',
  'ws://other.example.com/lua',
  'wss://app.example.com/live/',
  'ws://none/',
];

describe('what is printed', () => {
  it.each([
    ['tree.pretty.txt', ['tree', '--only', RULES]],
    ['tree.color.txt', ['tree', '--only', 'connection-header', '--color']],
    ['tree.compact.txt', ['tree', '--only', RULES, '--format', 'compact']],
    ['tree.quiet.txt', ['tree', '--only', RULES, '--quiet']],
    ['tree.json', ['tree', '--only', RULES, '--format', 'json']],
    ['tree.routes.txt', ['routes', 'tree']],
    ['tree.trace.txt', ['trace', ...URLS, 'tree']],
    ['tree.trace.json', ['trace', '--format', 'json', ...URLS, 'tree']],
    ['hostile.pretty.txt', ['hostile', '--only', 'http-version']],
    ['hostile.compact.txt', ['hostile', '--only', 'http-version', '--format', 'compact']],
    ['hostile.routes.txt', ['routes', 'hostile']],
    ['hostile.secrets.txt', ['hostile', '--only', 'http-version', '--show-secrets']],
  ])('%s', (name, argv) => {
    const { out } = runIn(root, argv);
    expectGolden(path.join(fixtures, name), out.replace(/"version": "[^"]*"/, '"version": "0.0.0"'));
  });
});

describe('hostile names and values', () => {
  const out = (...argv: string[]): string => runIn(root, argv).out;

  it.each([
    [['hostile']],
    [['hostile', '--format', 'compact']],
    [['routes', 'hostile']],
    [['trace', 'ws://x/ws', 'hostile']],
  ])('put no control character and no bidirectional override on the terminal: %j', (argv) => {
    expect(out(...argv)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it.each([
    [['hostile']],
    [['hostile', '--format', 'json']],
    [['routes', 'hostile']],
    [['routes', 'hostile', '--format', 'json']],
  ])('secrets are masked: %j', (argv) => {
    const text = out(...argv).replace(/"edits": \[[^]*?\n {8}\]/g, '');
    for (const secret of ['abcdef123456', 'topsecret', 'hunter2', 'eyJhbGciOi', 'dXNlcjpwYXNz']) {
      expect(text).not.toContain(secret);
    }
  });
});
