import { isFilledIn, maskedSource } from '../../src/syntax/placeholders';

const placeholders = (text: string, name = 'site.conf'): readonly string[] => {
  const source = maskedSource(name, text, 'utf8');
  return source.placeholders.map(({ start, end }) => text.slice(start, end));
};

describe('a file of any name that is written for envsubst', () => {
  test.each([
    ['listen ${PORT};', ['${PORT}']],
    ['upstream a { server ${HOST}:80; }', ['${HOST}']],
    ['server_name ${NAME:-localhost};', ['${NAME:-localhost}']],
    ['proxy_pass http://${API_HOST}:${API_PORT};', ['${API_HOST}', '${API_PORT}']],
  ])('%s', (text, found) => {
    expect(placeholders(text)).toEqual(found);
  });

  test.each([
    'proxy_pass http://${BACKEND};',
    'proxy_pass http://${host}:${port};',
    'set $API_PORT 80; proxy_pass http://${API_HOST}:${API_PORT};',
    'location ~ /(?<NAME>x) { proxy_pass http://${NAME}:${PORT}; }',
    '# ${A} and ${B}\nlisten 80;',
  ])('is not known by %s', (text) => {
    expect(placeholders(text)).toEqual([]);
  });

  test('a template of another kind', () => {
    expect(placeholders('listen ${PORT};\n', 'site.conf.tpl')).toEqual(['${PORT}']);
  });

  test('is looked at once, however many names it holds', () => {
    const text = `${Array.from({ length: 20_000 }, (_, i) => `\${A${i}-`).join(' ')}\n`.repeat(5);
    const start = Date.now();
    placeholders(text);
    expect(Date.now() - start).toBeLessThan(3000);
  });
});

describe('names that a packager or a panel fills in', () => {
  test.each(['%PORT%', '__PORT__', '%ip%:%proxy_ssl_port%', '127.0.0.1:%web_port%', '/home/%user%/', '%backend_lsnr%'])(
    '%s',
    (word) => {
      expect(isFilledIn(word)).toBe(true);
    },
  );

  test.each(['/a%20b%c3%a4', '/%cafe%20', '%ab%cd', '100%', '/%e4%b8%ad', '/%de%ad%'])('are not in %s', (word) => {
    expect(isFilledIn(word)).toBe(false);
  });
});
