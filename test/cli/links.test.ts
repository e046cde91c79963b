import { plant } from '../fs/support';
import { OLD_HTTP, runIn } from './support';

const ONLY = ['--only', 'include-not-found,http-version', '--format', 'compact', 'nginx.conf'];
const onUnix = process.platform === 'win32' ? describe.skip : describe;

const GONE = '../sites-available/gone';
const NOT_FOUND = 'include-not-found';

/** Severity and rule of what is found in a tree whose link is the rest of a site, then the status. */
function found(include: string, link = GONE, text = OLD_HTTP.replace('http {', `http {\n  ${include}`)): string[] {
  const root = plant({ 'nginx.conf': text, 'sites-available/on': '', 'sites-enabled/gone': { link } });
  const { status, out } = runIn(root, ONLY);
  return [
    ...out
      .replace(/^.*: (\w+): .*\[([\w-]+)\]$/gm, '$1 $2')
      .split('\n')
      .filter(Boolean),
    String(status),
  ];
}

onUnix('a link to a file that is gone, matched by an include', () => {
  test('is an error where nginx reads the tree, beside other errors', () => {
    expect(found('include @/sites-enabled/*;')).toEqual([`error ${NOT_FOUND}`, 'error http-version', '1']);
  });

  test('is a warning in a copy of the tree, whose other errors are told', () => {
    expect(found('include sites-enabled/*;')).toEqual([`warning ${NOT_FOUND}`, 'error http-version', '1']);
  });

  test.each([
    ['is absolute', '/etc/nginx/sites-available/gone'],
    ['leads out of it', '../../elsewhere/gone'],
  ])('is unknown in a copy where it %s', (_, link) => {
    expect(found('include sites-enabled/*;', link)).toEqual(['0']);
  });

  test('without a pattern is a warning in a copy, and what it could bring is unknown', () => {
    expect(found('include sites-enabled/gone;')).toEqual([`warning ${NOT_FOUND}`, '0']);
  });

  test('in a location may have brought what is missing there', () => {
    const text = OLD_HTTP.replace('proxy_pass', 'include sites-enabled/*;\nproxy_pass');
    expect(found('', GONE, text)).toEqual([`warning ${NOT_FOUND}`, '0']);
  });
});
