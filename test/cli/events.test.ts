import { plant } from '../fs/support';
import { GOOD, runIn } from './support';

const ONLY = ['--only', 'refused-directive', '--format', 'compact', 'nginx.conf'];
const BARE = GOOD.replace('events {}\n', '');
const LIVE = BARE.replace('http {', 'http {\n  include @/conf.d/*.conf;');

describe('a main file without events', () => {
  test('is refused where nginx reads it, and repaired', () => {
    const root = plant({ 'nginx.conf': LIVE });
    expect(runIn(root, ONLY)).toMatchObject({
      status: 1,
      out: expect.stringContaining('no "events" section in configuration') as string,
    });
    runIn(root, ['--fix', ...ONLY]);
    expect(runIn(root, ONLY)).toMatchObject({ status: 0, out: '' });
  });

  test.each([
    ['in a copy', { 'nginx.conf': BARE }],
    [
      'beside an include that was not read',
      { 'nginx.conf': `include @/conf.d/$x;\n${LIVE}`, 'conf.d/$x': { link: '/' } },
    ],
    ['under another name', { 'nginx.conf': 'include @/my.conf;', 'my.conf': BARE }],
  ])('may be completed %s', (_, files) => {
    expect(runIn(plant(files), ONLY).out).not.toContain('events');
  });
});
