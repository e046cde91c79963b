import { GOOD, OLD_HTTP, place, SHORT_TIMEOUT } from './support';

const ONLY = ['--only', 'http-version'];
const ESCAPE = '\u001b[';

describe('colours', () => {
  it.each([
    ['on a terminal', { terminal: true }, [], true],
    ['not into a pipe', {}, [], false],
    ['not with NO_COLOR', { terminal: true, env: { NO_COLOR: '1' } }, [], false],
    ['with an empty NO_COLOR, which says nothing', { terminal: true, env: { NO_COLOR: '' } }, [], true],
    ['into a pipe with FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, [], true],
    ['not with FORCE_COLOR=0', { terminal: true, env: { FORCE_COLOR: '0' } }, [], false],
    ['with --color, whatever NO_COLOR says', { env: { NO_COLOR: '1' } }, ['--color'], true],
    ['not with --no-color', { terminal: true, env: { FORCE_COLOR: '1' } }, ['--no-color'], false],
    ['not on a dumb terminal', { terminal: true, env: { TERM: 'dumb' } }, [], false],
    ['never in JSON', { terminal: true }, ['--color', '--format', 'json'], false],
  ])('%s', (_, world, options, colored) => {
    const { out } = place({ 'nginx.conf': OLD_HTTP }).run([...ONLY, ...options, 'nginx.conf'], world);
    expect(out.includes(ESCAPE)).toBe(colored);
  });

  it('not in a file, unless --color asks for them', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run([...ONLY, '--output', 'a.txt', 'nginx.conf'], { terminal: true, env: { FORCE_COLOR: '1' } });
    at.run([...ONLY, '--output', 'b.txt', '--color', 'nginx.conf']);
    expect(at.read('a.txt')).not.toContain(ESCAPE);
    expect(at.read('b.txt')).toContain(ESCAPE);
  });
});

describe('formats', () => {
  it('go to files of their own, all but one', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    const { out } = at.run([
      ...ONLY,
      '--format',
      'json:a.json',
      '--format',
      'compact:b.txt',
      '--format',
      'pretty',
      'nginx.conf',
    ]);
    expect(JSON.parse(at.read('a.json'))).toMatchObject({ summary: { errors: 1 } });
    expect(at.read('b.txt')).toContain('nginx.conf:11:13: error: ');
    expect(out).toContain('error[http-version]');
  });

  it('all in files: nothing on standard output', () => {
    expect(place({ 'nginx.conf': OLD_HTTP }).run(['--format', 'json:a.json', 'nginx.conf']).out).toBe('');
  });

  it('--output takes the one without a file', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    expect(at.run(['--format', 'json', '--output', 'a.json', 'nginx.conf']).out).toBe('');
    expect(at.read('a.json')).toContain('"schemaVersion"');
  });

  it('two on standard output are refused, with what to do', () => {
    const { status, err } = place({ 'nginx.conf': GOOD }).run([
      '--format',
      'json',
      '--format',
      'compact',
      'nginx.conf',
    ]);
    expect(err).toContain('name a file for one: --format compact:FILE');
    expect(status).toBe(2);
  });

  it('a file that cannot be written is 2, said in one line', () => {
    const { status, err } = place({ 'nginx.conf': GOOD }).run(['--output', 'no/such/x', 'nginx.conf']);
    expect(err).toBe('nginx-ws-lint: cannot write no/such/x: no such file or directory\n');
    expect(status).toBe(2);
  });
});

describe('the report for people', () => {
  it('says that no route proxies', () => {
    const { out } = place({ 'nginx.conf': 'events {}\nhttp {}\n' }).run(['nginx.conf']);
    expect(out).toContain('no route proxies: there is no WebSocket handshake to judge');
  });

  it('names the next command, with the options that matter and words quoted for a shell', () => {
    const { out } = place({ "it's/nginx.conf": OLD_HTTP }).run([...ONLY, '--no-config', '--quiet', "it's"]);
    expect(out).toContain("next: nginx-ws-lint --fix --only http-version --no-config 'it'\\''s'");
  });

  it('advises no fix for infos alone', () => {
    const { out } = place({ 'nginx.conf': OLD_HTTP }).run([...ONLY, '--rule', 'http-version=info', 'nginx.conf']);
    expect(out).toContain('1 fixable with --fix');
    expect(out).not.toContain('next:');
  });

  it('hides what is below error with --quiet', () => {
    const { out } = place({ 'nginx.conf': SHORT_TIMEOUT }).run(['--quiet', 'nginx.conf']);
    expect(out).not.toContain('warning[');
  });

  it('writes problems to standard error, not into the report', () => {
    const { out, err } = place({ 'nginx.conf': GOOD }).run(['nginx.conf', 'gone']);
    expect(err).toContain('gone: no such file or directory');
    expect(out).not.toContain('no such file');
  });

  it.each([[['gone']], [['routes', 'gone']], [['trace', 'ws://example.com/ws', 'gone']], [['-']]])(
    'sums nothing up when nothing was read: %j',
    (argv) => {
      const { status, out, err } = place().run(argv);
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err).toMatch(/^nginx-ws-lint: (?:gone: no such file or directory|nothing on standard input: .*)\n$/);
    },
  );

  it('guesses the command that a URL was meant for', () => {
    expect(place().run(['wss://example.com/ws', 'nginx.conf'])).toEqual({
      status: 2,
      out: '',
      err: 'nginx-ws-lint: "wss://example.com/ws" is no path; did you mean nginx-ws-lint trace "wss://example.com/ws", or probe?\n',
    });
  });

  it('guesses the command that a path was meant to be', () => {
    expect(place({}).run(['ruotes']).err).toContain('did you mean the command routes?');
  });
});

describe('--help', () => {
  it('of the whole: commands, options by task, examples, exit statuses', () => {
    const { out, status } = place().run(['--help']);
    for (const part of [
      'Commands:',
      'Fixing:',
      'Find what is wrong:',
      'nginx-ws-lint --diff /etc/nginx',
      'Exit status:',
    ]) {
      expect(out).toContain(part);
    }
    expect(status).toBe(0);
  });

  it('of a command: its own options only', () => {
    const { out } = place().run(['trace', '-h']);
    expect(out).toContain('nginx-ws-lint trace <url..> [paths..]');
    expect(out).toContain('--nginx-version');
    expect(out).not.toContain('--fix');
  });

  it('and --version may be words', () => {
    expect(place().run(['help']).out).toBe(place().run(['--help']).out);
    expect(place().run(['help', 'trace']).out).toBe(place().run(['trace', '--help']).out);
    expect(place().run(['version']).out).toBe(place().run(['--version']).out);
    expect(place().run(['help', 'trcae']).err).toBe('nginx-ws-lint: help: "trcae" is unknown; did you mean trace?\n');
  });

  it('comes before what is wrong with the rest', () => {
    expect(place().run(['--nope', '--help']).status).toBe(0);
  });
});

describe('completion', () => {
  const offered = (...words: string[]): readonly string[] =>
    place()
      .run(['--get-yargs-completions', 'nginx-ws-lint', ...words])
      .out.trimEnd()
      .split('\n');

  it.each([
    ['bash', 'complete -o bashdefault'],
    ['zsh', '#compdef nginx-ws-lint'],
  ])('prints a script for %s', (shell, expected) => {
    const { out } = place().run(['completion', shell]);
    expect(out).toContain('nginx-ws-lint --get-yargs-completions');
    expect(out).toContain(expected);
  });

  it('knows no other shell', () => {
    expect(place().run(['completion', 'zsj']).err).toBe(
      'nginx-ws-lint: completion: "zsj" is unknown; did you mean zsh?\n',
    );
  });

  it.each([
    [['--unsa'], ['--unsafe-fixes']],
    [['ro'], ['routes']],
    [['--fail-on', 'w'], ['warning']],
    [['explain', 'http-v'], ['http-version']],
    [
      ['lint', '--no'],
      ['--not-websocket', '--no-color', '--no-config'],
    ],
    [['trace', '--fi'], ['']],
    [['lint', ''], ['']],
    [['doctor', '--format', 'm'], ['markdown']],
    [['--rule', 'http-v'], ['http-version=']],
  ])('of %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

describe('progress', () => {
  const files = Object.fromEntries(
    Array.from({ length: 320 }, (_, index) => [`conf.d/${index}.conf`, `server { listen ${index + 1}; }\n`]),
  );
  const tree = { ...files, 'nginx.conf': 'events {}\nhttp { include conf.d/*.conf; }\n' };

  it('is shown on a terminal while many files are checked, and wiped away', () => {
    expect(place(tree).run(['nginx.conf'], { terminal: true }).err).toBe('checking 321 files ...\r\u001b[K');
  });

  it('is not shown elsewhere', () => {
    expect(place(tree).run(['nginx.conf']).err).toBe('');
  });
});
