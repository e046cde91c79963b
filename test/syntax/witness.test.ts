import fc from 'fast-check';
import { NginxParser } from 'nginx-conf';
import { parse } from '../../src/syntax/parse';
import type { Directive } from '../../src/syntax/nodes';
import { createSource } from '../../src/text/source';

type Tree = readonly (readonly [name: string, args: string, children: Tree | null])[];

interface WitnessNode {
  readonly name: string;
  readonly value: string | number | null;
  readonly children: readonly WitnessNode[] | null;
  readonly isBlock: boolean;
}

const ours = (directives: readonly Directive[]): Tree =>
  directives.map(({ name, args, block }) => [name, args.join(' '), block === null ? null : ours(block.directives)]);

const theirs = (nodes: readonly WitnessNode[]): Tree =>
  nodes.map(({ name, value, children, isBlock }) => [
    name,
    String(value ?? ''),
    isBlock ? theirs(children ?? []) : null,
  ]);

function witness(text: string): Tree {
  let found: Tree = [];
  new NginxParser().parse(text, (error, tree) => {
    if (error !== null) throw error;
    found = theirs((tree as unknown as WitnessNode).children ?? []);
  });
  return found;
}

// What nginx-conf reads as nginx does: words without escapes, quotes inside, braces or `#`; one space between words.
const word = fc.stringMatching(/^[a-z0-9_.:/$^~*+-]{1,12}$/);
const simple = fc
  .tuple(fc.stringMatching(/^[a-z_]{1,12}$/), fc.array(word, { maxLength: 3 }))
  .map(([name, args]) => [name, ...args].join(' '));
const { statements } = fc.letrec<{ statements: string }>((tie) => ({
  statements: fc
    .array(
      fc.oneof(
        { maxDepth: 3 },
        simple.map((text) => `${text};`),
        fc.tuple(simple, tie('statements')).map(([head, body]) => `${head} {\n${body}\n}`),
      ),
      { maxLength: 4 },
    )
    .map((list) => list.join('\n')),
}));

test('an independent parser (nginx-conf) reads the same on what it handles', () => {
  fc.assert(
    fc.property(statements, (text) => {
      expect(ours(parse(createSource('nginx.conf', text)).directives)).toEqual(witness(text));
    }),
    { seed: 3, numRuns: 500 },
  );
});
