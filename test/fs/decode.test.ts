import { decode, encode, MAX_BYTES } from '../../src/fs/decode';
import { sourceOf } from '../../src/fs/session';
import { parseNginxVersion } from '../../src/fs/nginx';

const roundTrip = (bytes: Buffer): Buffer | null => {
  const { text, encoding } = decode('x', bytes);
  return encode(text, encoding);
};

test.each([
  ['ASCII', Buffer.from('server {}\r\n'), 'utf8'],
  ['UTF-8', Buffer.from('# ä 😀'), 'utf8'],
  ['a BOM', Buffer.from('\ufeffuser'), 'utf8'],
  ['Latin-1', Buffer.from('# \xe4', 'latin1'), 'latin1'],
  ['an overlong form', Buffer.from([0xc0, 0xaf]), 'latin1'],
  ['a surrogate', Buffer.from([0xed, 0xa0, 0x80]), 'latin1'],
  ['a cut character', Buffer.from('ä').subarray(0, 1), 'latin1'],
])('%s comes back to the byte', (_, bytes, encoding) => {
  expect(decode('x', bytes).encoding).toBe(encoding);
  expect(roundTrip(bytes)).toEqual(bytes);
});

test('a BOM stays in the text', () => {
  expect(decode('x', Buffer.from('\ufeffuser')).text).toBe('\ufeffuser');
});

test('what Latin-1 lacks cannot be written into a Latin-1 file', () => {
  expect(encode('…', 'latin1')).toBe(null);
});

test('32 MiB are read, a byte more is not', () => {
  expect(typeof sourceOf('x', Buffer.alloc(MAX_BYTES, 32))).toBe('object');
  expect(sourceOf('x', Buffer.alloc(MAX_BYTES + 1, 32))).toBe('is 33 MiB; files over 32 MiB are not read');
});

test.each([
  ['nginx version: nginx/1.22.1\n', 1_022_001],
  ['nginx version: nginx/1.26.3 (Ubuntu)\nbuilt by gcc', 1_026_003],
  ['nginx version: openresty/1.25.3.1', 1_025_003],
  ['nginx version: nginx/1.29.7 (nginx-plus-r36)', 1_029_007],
  ['Tengine version: Tengine/3.1.0\nnginx version: nginx/1.24.0', 1_024_000],
  ['Angie version: Angie/1.10.0', null],
  ['nginx version: freenginx/1.29.0', null],
  ['', null],
])('%j is version %j', (text, version) => {
  expect(parseNginxVersion(text)).toBe(version);
});
