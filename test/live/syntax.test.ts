import { parse } from '../../src/syntax/parse';
import { createSource } from '../../src/text/source';
import { describeLive, nginxTest } from './nginx';
import { createRandom } from './random';

/** What only the reader says: anything else nginx says is about a directive. */
const READERS_WORDS = /^(unexpected|too long)/;

const UNITS = [
  ' ',
  '\n',
  '\r\n',
  '\t',
  'a',
  'é',
  '"',
  "'",
  ';',
  '}',
  '#',
  '\\',
  '$',
  '${',
  ')',
  'env A;',
  'env B;\n',
  '# c\n',
  'env "x y";',
  '\\;',
  '\ufeff',
];

describeLive('the reader against nginx -t', () => {
  test('the same text is refused, with the same words and line', () => {
    const random = createRandom(7);
    const disagreements: string[] = [];
    for (let round = 0; round < 400; round++) {
      const text = `events {}\n${Array.from({ length: 1 + random.int(9) }, () => random.pick(UNITS)).join('')}`;
      const verdict = nginxTest(new Map([['nginx.conf', Buffer.from(text).toString('latin1')]]));
      const [fault] = parse(createSource('nginx.conf', text)).faults;
      const ours = fault === undefined ? '' : `${fault.message} line ${fault.line}`;
      const theirs = READERS_WORDS.test(verdict.message) ? `${verdict.message} line ${verdict.line}` : '';
      // nginx stops at the first directive it does not know, so only what it read till then can be compared.
      const stoppedEarlier = !verdict.ok && theirs === '';
      if (!stoppedEarlier && ours !== theirs) disagreements.push(`${JSON.stringify(text)}: ${ours} | ${theirs}`);
    }
    expect(disagreements).toEqual([]);
  });
});
