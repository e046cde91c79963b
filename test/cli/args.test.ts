import fc from 'fast-check';
import { readWithYargs } from '../../src/cli/args';
import { checkArguments } from '../../src/cli/invocation';
import { OPTIONS } from '../../src/cli/option-table';
import { readPlain } from '../../src/cli/read-plain';
import { UsageError } from '../../src/cli/usage-error';

describe('the plain reader', () => {
  it.each([
    ['nothing', [], [], {}],
    ['operands', ['a', 'b/c.conf'], ['a', 'b/c.conf'], {}],
    ['standard input', ['-'], ['-'], {}],
    ['a flag', ['--fix', 'a'], ['a'], { fix: [true] }],
    ['a value behind =', ['--format=json'], [], { format: ['json'] }],
    ['a value in the next word', ['--format', 'json', 'a'], ['a'], { format: ['json'] }],
    ['a value with =', ['--map', '/etc/nginx=./x'], [], { map: ['/etc/nginx=./x'] }],
    ['repeated options', ['--map', 'a=b', '--map=c=d'], [], { map: ['a=b', 'c=d'] }],
    ['a negated option', ['--no-color', '--no-config'], [], { color: [false], config: [false] }],
    ['what follows --', ['a', '--', '--fix', '-'], ['a', '--fix', '-'], {}],
    ['a short option', ['-h'], [], { help: [true] }],
    ['- as a value', ['--output', '-'], [], { output: ['-'] }],
  ])('reads %s', (_, argv, operands, options) => {
    const raw = readPlain(argv);
    expect({ operands: raw?.operands, options: Object.fromEntries(raw?.options ?? []) }).toEqual({ operands, options });
  });

  it.each([
    [['--nope']],
    [['--fix=true']],
    [['--format']],
    [['--format', '--fix']],
    [['-hv']],
    [['--fix', 'false']],
    [['--only=']],
  ])('leaves %j to yargs', (argv) => {
    expect(readPlain(argv)).toBeNull();
  });
});

describe('yargs and the plain reader', () => {
  const names = OPTIONS.map(({ name }) => name);
  const word = fc.constantFrom(
    'a',
    'conf.d/a.conf',
    '-',
    '--',
    'json',
    'x=y',
    'true',
    'false',
    '7',
    '-1',
    '0x10',
    'é',
    'a b',
    '',
  );
  const option = fc
    .constantFrom(...names)
    .chain((name) => fc.constantFrom(`--${name}`, `--${name}=json`, `--${name}=`, `--no-${name}`, `--${name}=a=b`));
  const argv = fc.array(fc.oneof(word, option), { maxLength: 8 });

  it('agree on all that the plain reader reads', () => {
    fc.assert(
      fc.property(argv, (words) => {
        const plain = readPlain(words);
        if (plain === null) return;
        expect(sorted(readWithYargs(words))).toEqual(sorted(plain));
      }),
      { seed: 20, numRuns: 400 },
    );
  });

  it('refuse the same: what is wrong is one line, whoever reads it', () => {
    fc.assert(
      fc.property(argv, (words) => {
        try {
          checkArguments(readWithYargs(words));
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as Error).message).not.toContain('\n');
        }
      }),
      { seed: 21, numRuns: 400 },
    );
  });
});

/** Without the last-one-wins flags repeated: yargs keeps the last of them only. */
function sorted(raw: ReturnType<typeof readWithYargs>): object {
  const last = [...raw.options].map(([name, values]) => {
    const flag = OPTIONS.find((spec) => spec.name === name)?.kind === 'flag';
    return [name, flag ? values.slice(-1) : values] as const;
  });
  return { operands: raw.operands, options: Object.fromEntries(last.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

describe('what was asked for', () => {
  const read = (...argv: string[]): ReturnType<typeof checkArguments> => checkArguments(readWithYargs(argv));

  it('lint is the command when none is named', () => {
    expect(read('a').command).toBe('lint');
    expect(read('routes', 'a')).toMatchObject({ command: 'routes', operands: ['a'] });
  });

  it('./routes is a path', () => {
    expect(read('./routes').command).toBe('lint');
  });

  it('of a value that is given twice the last one counts', () => {
    expect(read('--fail-on', 'info', '--fail-on', 'error').value('fail-on')).toBe('error');
  });

  it('lists are split at commas where they may be', () => {
    expect(read('--only', 'a, b', '--only', 'c').list('only')).toEqual(['a', 'b', 'c']);
    expect(read('--map', 'a=b,c').list('map')).toEqual(['a=b,c']);
  });

  it.each([
    [['--only', '--fix'], '--only needs a value: --only RULE,..'],
    [['-q'], 'unknown option -q; nginx-ws-lint --help lists them'],
    [['--colour'], 'unknown option --colour; did you mean --color?'],
    [['--no-colour'], 'unknown option --no-colour; did you mean --no-color?'],
    [['routes', '--fix'], '--fix is not an option of routes'],
    [['routes', '--format', 'sarif'], '--format: "sarif" is unknown; it takes pretty, json'],
    [['--no-fix'], 'unknown option --no-fix; leave out --fix'],
    [['a', ''], 'an empty word is no path'],
    [['--rule\u001b[31m'], 'unknown option --rule\\u001b[31m; nginx-ws-lint --help lists them'],
  ])('%j is refused', (argv, message) => {
    expect(() => read(...argv)).toThrow(new UsageError(message));
  });

  it('asking for an option that the table lacks is a defect', () => {
    expect(() => read().flag('nope')).toThrow(RangeError);
  });
});
