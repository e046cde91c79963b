import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { generateTree } from '../live/generator/generator';
import { render } from '../live/tree';
import { LINES, NAMES, OPENERS, PIECES, WORDS } from './vocabulary';

/** A tree as it may be found: texts by name. `nginx.conf` is always there. */
export interface Input {
  readonly files: Readonly<Record<string, string>>;
  /** Decides what is not text: versions, options, requests. */
  readonly seed: number;
}

const MOST_DEPTH = 5;

const anyWord = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'binary' }) },
);

const between = fc.oneof(
  { weight: 20, arbitrary: fc.constant(' ') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r\n', '\t', '  ', ' # ; { }\n', '') },
);

const lineEnd = fc.oneof(
  { weight: 20, arbitrary: fc.constant('\n') },
  { weight: 1, arbitrary: fc.constantFrom('\r\n', ' ', '', ' # end\n', '\n\n') },
);

/** A directive of words from the vocabulary. */
const anyDirective: Arbitrary<string> = fc
  .tuple(fc.constantFrom(...NAMES), fc.array(fc.tuple(between, anyWord), { maxLength: 4 }), lineEnd)
  .map(([name, words, end]) => `${name}${words.flat().join('')};${end}`);

const anyLine = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...LINES).map((line) => `${line}\n`) },
  { weight: 2, arbitrary: anyDirective },
);

/** What stands in a block: lines, and blocks in it. */
const anyBody: (depth?: number) => Arbitrary<string> = fc.memo((depth) => {
  if (depth <= 1) return fc.array(anyLine, { maxLength: 6 }).map((lines) => lines.join(''));
  const block = fc
    .tuple(fc.constantFrom(...OPENERS), between, anyBody(depth - 1), lineEnd)
    .map(([opener, gap, body, end]) => `${opener}${gap}{\n${body}}${end}`);
  const item = fc.oneof({ weight: 2, arbitrary: anyLine }, { weight: 2, arbitrary: block });
  return fc.array(item, { maxLength: 6 }).map((items) => items.join(''));
});

/** A configuration that nginx could have been given, with anything in it. */
export const anyConfiguration: Arbitrary<string> = anyBody(MOST_DEPTH).map(
  (body) => `events {}\nhttp {\nserver {\nlocation /ws {\nproxy_pass http://127.0.0.1:3000;\n}\n}\n${body}}\n`,
);

/** Tokens in no order at all. */
export const anySoup: Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.constantFrom(...NAMES),
      fc.constantFrom(...OPENERS),
      anyWord,
      fc.constantFrom(' ', ';', '{', '}', '\n'),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** One byte a unit. */
export const anyBytes: Arbitrary<string> = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'));

/** A change to a text; `at` and `length` are parts of its length. */
type Mutation =
  | { readonly kind: 'cut' | 'double' | 'move'; readonly at: number; readonly length: number; readonly to: number }
  | { readonly kind: 'put'; readonly at: number; readonly piece: string }
  | { readonly kind: 'end'; readonly at: number };

const part = fc.double({ min: 0, max: 1, noNaN: true });

const anyMutation: Arbitrary<Mutation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('cut' as const, 'double' as const, 'move' as const),
      at: part,
      length: fc.oneof(
        part.map((x) => x * 0.02),
        part.map((x) => x * x * 0.5),
      ),
      to: part,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      at: part,
      piece: fc.oneof(
        fc.constantFrom(...PIECES),
        fc.constantFrom(...WORDS).map((word) => ` ${word} `),
        anyLine,
        fc.string({ maxLength: 3, unit: 'binary' }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), at: part }) },
);

function mutate(text: string, mutation: Mutation): string {
  const at = Math.floor(mutation.at * text.length);
  if (mutation.kind === 'end') return text.slice(0, at);
  if (mutation.kind === 'put') return text.slice(0, at) + mutation.piece + text.slice(at);
  const end = Math.min(text.length, at + 1 + Math.floor(mutation.length * text.length));
  const piece = text.slice(at, end);
  if (mutation.kind === 'double') return text.slice(0, end) + piece + text.slice(end);
  const rest = text.slice(0, at) + text.slice(end);
  if (mutation.kind === 'cut') return rest;
  const to = Math.floor(mutation.to * rest.length);
  return rest.slice(0, to) + piece + rest.slice(to);
}

/** A sample with some changes, or with a piece of another. */
export function anyMutant(samples: readonly string[]): Arbitrary<string> {
  const sample = fc.constantFrom(...samples);
  return fc
    .tuple(sample, sample, fc.option(part, { freq: 4 }), fc.array(anyMutation, { maxLength: 6 }))
    .map(([text, other, at, mutations]) => {
      const joined =
        at === null ? text : text.slice(0, Math.floor(at * text.length)) + other.slice(Math.floor(at * other.length));
      return mutations.reduce(mutate, joined);
    });
}

export function anyText(samples: readonly string[]): Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: anyConfiguration },
    { weight: 4, arbitrary: anyMutant(samples) },
    { weight: 1, arbitrary: anySoup },
    { weight: 1, arbitrary: anyBytes },
  );
}

/** Names that the vocabulary's includes mean. */
const OTHER_FILES = ['conf.d/a.conf', 'conf.d/b.conf', 'snippets/ws.conf', 'x'] as const;

/** A tree that nginx mostly takes, with a change here and there. */
const anyGenerated: Arbitrary<Readonly<Record<string, string>>> = fc
  .tuple(fc.nat({ max: 1_000_000 }), fc.array(fc.tuple(fc.nat(), anyMutation), { maxLength: 2 }))
  .map(([seed, mutations]) => {
    const files = new Map(render(generateTree(seed, 1)));
    const names = [...files.keys()];
    for (const [index, mutation] of mutations) {
      const name = names[index % names.length] ?? 'nginx.conf';
      files.set(name, mutate(files.get(name) ?? '', mutation));
    }
    return Object.fromEntries(files);
  });

export function anyInput(samples: readonly string[]): Arbitrary<Input> {
  const text = anyText(samples);
  const fragment = fc.oneof(text, anyBody(2));
  const planted = fc
    .tuple(text, fc.dictionary(fc.constantFrom(...OTHER_FILES), fragment, { maxKeys: 3 }))
    .map(([main, others]) => ({ 'nginx.conf': main, ...others }));
  const files = fc.oneof({ weight: 3, arbitrary: planted }, { weight: 1, arbitrary: anyGenerated });
  return fc.record({ files, seed: fc.nat() });
}
