import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { contextOf } from '../../src/fs/context';
import { decode, encode } from '../../src/fs/decode';
import { splitDump } from '../../src/fs/dump';
import { glob3 } from '../../src/fs/glob3';
import { load } from '../../src/fs/load';
import { createVirtualTree } from '../../src/fs/virtual';
import { parse } from '../../src/syntax/parse';
import { createSource } from '../../src/text/source';

const settings = { seed: 7, numRuns: 300 };
const pieces = [
  'include ',
  '"',
  "'",
  '*',
  '?',
  '[',
  ']',
  '\\',
  '/',
  '..',
  ';',
  '{',
  '}',
  '$x',
  '\n',
  '# configuration file /a:\n',
  'ä',
  '\0',
  'http',
  'server',
];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 30 })
  .map((parts) => parts.join(''));

test('standard input of any bytes is loaded', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        texts.map((text) => Buffer.from(text)),
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      ),
      (stdin) => {
        const workspaces = load(['-'], { cwd: __dirname, stdin });
        expect(workspaces.length).toBe(1);
        expect(
          [...(workspaces[0]?.files.keys() ?? [])].every((name) => name === '<stdin>' || splitDump(stdin) !== null),
        ).toBe(true);
      },
    ),
    settings,
  );
});

test('any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const { text, encoding } = decode('x', Buffer.from(bytes));
      expect(encode(text, encoding)).toEqual(Buffer.from(bytes));
    }),
    settings,
  );
});

test('any pattern is matched, and finds only what is there', () => {
  const names = ['/a/b.conf', '/a/.c', '/a/[x]', '/d'];
  const tree = createVirtualTree(names);
  fc.assert(
    fc.property(texts, (pattern) => {
      for (const found of glob3(`/${pattern}`, tree)) expect(tree.exists(found)).toBe(true);
    }),
    settings,
  );
});

test('any file has a context or none', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const context = contextOf(parse(createSource('x', text)), 'conf.d');
      expect(context === null || context.every((block) => block !== '')).toBe(true);
    }),
    settings,
  );
});

const corpus = path.resolve(__dirname, '../../../shared/corpus');

(existsSync(path.join(corpus, 'index.jsonl')) ? test : test.skip)(
  'every file of the corpus comes back to the byte',
  () => {
    const rows = readFileSync(path.join(corpus, 'index.jsonl'), 'utf8').split('\n').filter(Boolean);
    const files = rows
      .map((row) => path.join(corpus, (JSON.parse(row) as { readonly file: string }).file))
      .filter(existsSync);
    const changed = files.filter((file) => {
      const bytes = readFileSync(file);
      const { text, encoding } = decode(file, bytes);
      return encode(text, encoding)?.equals(bytes) !== true;
    });
    expect(files.length).toBeGreaterThan(0);
    expect(changed).toEqual([]);
  },
);
