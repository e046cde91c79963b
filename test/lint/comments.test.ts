import { OLD_HTTP, place } from '../cli/support';

const compact = (text: string): string => place({ 'nginx.conf': text }).run(['--format', 'compact', '.']).out;
const above = (comment: string): string => OLD_HTTP.replace('proxy_pass', `${comment}\nproxy_pass`);

test.each([
  '# nginx-ws-lint-ignore http-version, host-header',
  '# nginx-ws-lint-ignore host-header http-version -- ours',
])('%s ignores both', (comment) => {
  expect(compact(above(comment))).not.toContain('[http-version]');
});

test.each([
  ['# nginx-ws-lint-ignore', 'the comment names no rule to ignore'],
  ['# nginx-ws-lint-ignore -- later', 'the comment names no rule to ignore'],
  ['# nginx-ws-lint-ignore-next-line http-version', 'nginx-ws-lint does not know "ignore-next-line"'],
  ['# nginx-ws-lint: ignore http-version', 'nginx-ws-lint does not know "ignore"'],
  ['# nginx-ws-lint: not-websockets', 'nginx-ws-lint does not know "not-websockets"'],
  ['# nginx-ws-lint-ignore htp-version', 'there is no rule htp-version'],
])('%s is reported', (comment, message) => {
  expect(compact(above(comment))).toContain(`warning: ${message} [unused-ignore]`);
});

test('a marker outside of a location is reported', () => {
  expect(compact(`# nginx-ws-lint: websocket\n${OLD_HTTP}`)).toContain('the marker stands in no location of this file');
});

test('prose that names this tool is no comment for it', () => {
  expect(compact(above('# nginx-ws-lint is run over this file'))).not.toContain('[unused-ignore]');
});

test('an ignore of a rule that is misspelt is not taken out', () => {
  const at = place({ 'nginx.conf': above('# nginx-ws-lint-ignore htp-version') });
  at.run(['--fix', '.']);
  expect(at.read('nginx.conf')).toContain('htp-version');
});
