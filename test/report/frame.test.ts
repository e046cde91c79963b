import { paint } from '../../src/report/color';
import { visible, widthOf, wrap } from '../../src/report/display';
import { frame } from '../../src/report/frame';
import { createSource } from '../../src/text/source';

const plain = paint(false);

/** The frame around the part between `[` and `]`. */
function framed(marked: string, label = ''): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const source = createSource('a.conf', marked.replace('[', '').replace(']', ''));
  const options = {
    showSecrets: false,
    paint: plain,
    mark: (text: string) => text,
    sign: '^',
    context: 2,
    label,
  } as const;
  return frame(source, { start, end }, options);
}

describe('a code frame', () => {
  it('shows two lines before, and the mark', () => {
    expect(framed('one\ntwo\nthree\nf[ou]r\nfive\n', 'here')).toBe(
      ['  |', '2 | two', '3 | three', '4 | four', '  |  ^^ here'].join('\n'),
    );
  });

  it('leaves out blank lines at its top', () => {
    expect(framed('one\n\n\nf[ou]r')).toBe(['  |', '4 | four', '  |  ^^'].join('\n'));
  });

  it('keeps blank lines between', () => {
    expect(framed('one\n\nt[w]o')).toBe(['  |', '1 | one', '2 |', '3 | two', '  |  ^'].join('\n'));
  });

  it('expands tabs to the column they lead to', () => {
    expect(framed('\ta\t[b];')).toBe(['  |', '1 |     a   b;', '  |         ^'].join('\n'));
  });

  it('puts the mark under wide characters, and counts combining ones as nothing', () => {
    expect(framed('入口 [值] x')).toBe(['  |', '1 | 入口 值 x', '  |      ^^'].join('\n'));
    expect(framed('e\u0301 [x]')).toBe(['  |', '1 | e\u0301 x', '  |   ^'].join('\n'));
    expect(framed('\u{1f600} [x]')).toBe(['  |', '1 | \u{1f600} x', '  |    ^'].join('\n'));
  });

  it('marks every line of a short span, three of a long one', () => {
    expect(framed('[a\n  b\n  c\n  d\n  e]')).toBe(
      ['  |', '1 | a', '  | ^', '2 |   b', '  |   ^', '3 |   c', '  |   ^'].join('\n'),
    );
  });

  it('marks an empty span, and the end of the text', () => {
    expect(framed('ab[]c')).toBe(['  |', '1 | abc', '  |   ^'].join('\n'));
    expect(framed('abc\n[]')).toBe(['  |', '1 | abc', '2 |', '  | ^'].join('\n'));
  });

  it('takes a CR at the end of a line for a part of the end', () => {
    expect(framed('a\r\n[b]\r\n')).toBe(['  |', '1 | a', '2 | b', '  | ^'].join('\n'));
  });

  it('cuts a long line around the mark', () => {
    const [, line = '', mark = ''] = framed(`${'a '.repeat(500)}[XY]${' b'.repeat(500)}`).split('\n');
    expect(widthOf(line)).toBeLessThan(175);
    expect(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('XY');
  });

  it('looks only at the part of a line of megabytes that it shows', () => {
    const source = createSource('a', `${'x'.repeat(3_000_000)}YZ${'x'.repeat(3_000_000)}`);
    const span = { start: 3_000_000, end: 3_000_002 };
    const options = {
      showSecrets: true,
      paint: plain,
      mark: (text: string) => text,
      sign: '^',
      context: 2,
      label: '',
    } as const;
    const start = Date.now();
    for (let round = 0; round < 100; round += 1) frame(source, span, options);
    expect(Date.now() - start).toBeLessThan(2000);
  });

  it('puts the mark beside what is masked', () => {
    expect(framed('proxy_set_header X-Api-Key abcdefgh; [x]')).toContain('X-Api-Key ***; x');
    expect(framed('proxy_set_header X-Api-Key [abcdefgh];').split('\n').at(-1)).toBe(`  | ${' '.repeat(27)}^^^`);
  });
});

describe('text for a terminal', () => {
  it.each([
    ['\u001b[31m', '\\x1b[31m'],
    ['a\r\nb', 'a\\x0d\\x0ab'],
    ['\u009b31m', '\\x9b31m'],
    ['\u202eabc', '\\u202eabc'],
    ['\u2066x\u2069', '\\u2066x\\u2069'],
    ['\ufeffuser', '\\ufeffuser'],
    ['\ud800', '\\ud800'],
    ['é 入口 \u{1f600}', 'é 入口 \u{1f600}'],
  ])('%j is shown as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('is wrapped at its spaces', () => {
    expect(wrap('aa bb cc dd', 5, '  ')).toBe('aa bb\n  cc dd');
    expect(wrap('aaaaaaaaaa b', 5, '')).toBe('aaaaaaaaaa\nb');
  });
});
