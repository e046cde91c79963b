import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { runCli } from '../helpers/run-cli';
import { ROOT } from '../helpers/built';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly files: string;
}

const hooks = parse(readFileSync(path.join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Hook[];
const hook = (id: string): Hook => hooks.find((each) => each.id === id) ?? hooks[0]!;

describe('the hooks look at', () => {
  const pattern = new RegExp(hook('nginx-ws-lint').files);
  it.each([
    'nginx.conf',
    'deploy/nginx.conf',
    'nginx/nginx-prod.conf',
    'conf.d/app.conf',
    'etc/nginx/conf.d/sub/app.conf',
    'sites-available/default',
    'sites-enabled/a.conf',
    'app.nginx',
    'a/b.vhost',
    'snippets/proxy.conf',
    'nginx/anything.conf',
    'docker/nginx/templates/default.conf.template',
    'nginx.conf.j2',
  ])('%s', (name) => expect(pattern.test(name)).toBe(true));
  it.each(['README.md', 'app.conf', 'nginx.md', 'conf.d/app.conf.bak', 'nginx-ws-lint.js', 'docs/nginx/setup.md'])(
    'not %s',
    (name) => expect(pattern.test(name)).toBe(false),
  );
});

it('all look at the same', () => {
  expect(new Set(hooks.map(({ files }) => files)).size).toBe(1);
});

describe('what a hook runs', () => {
  let cwd = '';
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), 'nwl-hooks-'));
    mkdirSync(path.join(cwd, 'nginx/conf.d'), { recursive: true });
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const write = (name: string, text: string): void => writeFileSync(path.join(cwd, 'nginx', name), text);
  const read = (name: string): string => readFileSync(path.join(cwd, 'nginx', name), 'utf8');
  const run = (id: string, ...files: string[]): ReturnType<typeof runCli> => {
    const [, ...words] = [...hook(id).entry.split(' '), ...(hook(id).args ?? [])];
    return runCli([...words, ...files], cwd);
  };
  const SERVER = 'server {\n  listen 80;\n  location /ws {\n    include snippets/ws.conf;\n  }\n}\n';
  const GOOD =
    'proxy_pass http://127.0.0.1:1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection upgrade;\nproxy_http_version 1.1;\n';

  it('reports a snippet that is wrong for the server that was changed', async () => {
    mkdirSync(path.join(cwd, 'nginx/snippets'));
    write('nginx.conf', 'events {}\nhttp { include conf.d/*.conf; }\n');
    write('conf.d/a.conf', SERVER);
    write('snippets/ws.conf', GOOD.replace('upgrade;\nproxy_http', 'close;\nproxy_http'));
    const { status, stdout } = await run('nginx-ws-lint', 'nginx/conf.d/a.conf');
    expect([status, stdout.includes(' --> nginx/snippets/ws.conf:3:')]).toEqual([1, true]);
  });

  it('reports a fix that needs a file which was not passed, and leaves that alone', async () => {
    const main = 'events {}\nhttp {\n  proxy_http_version 1.0;\n  include conf.d/*.conf;\n}\n';
    write('nginx.conf', main);
    write('conf.d/a.conf', SERVER.replace('include snippets/ws.conf;', GOOD.replace('proxy_http_version 1.1;\n', '')));
    const { status, stdout } = await run('nginx-ws-lint-fix', 'nginx/conf.d/a.conf');
    expect(status).toBe(1);
    expect(stdout).toContain(
      'not fixed nginx/nginx.conf: set proxy_http_version 1.1 [http-version]: nginx/nginx.conf is outside the given paths',
    );
    expect(read('nginx.conf')).toBe(main);
  });

  it('takes a fragment that no tree includes as one', async () => {
    write('conf.d/a.conf', 'server { location /ws { proxy_pass http://127.0.0.1:1; } }\n');
    const { status, stdout } = await run('nginx-ws-lint', 'nginx/conf.d/a.conf');
    expect([status, stdout.includes('warning[upgrade-header]')]).toEqual([0, true]);
  });

  it.each([
    ['Apache', '<VirtualHost *:80>\n  ProxyPass /ws ws://x\n</VirtualHost>\n'],
    ['Supervisor', '[program:x]\ncommand=/bin/cat\n'],
    ['Dovecot', 'protocols = imap\nservice auth {\n  mode = 0600\n}\n'],
  ])('leaves the conf.d of %s alone', async (_, text) => {
    write('conf.d/a.conf', text);
    const { status, stdout } = await run('nginx-ws-lint', 'nginx/conf.d/a.conf');
    const note = "no nginx.conf includes nginx/conf.d/a.conf, and no directive of nginx's is in there: not judged";
    expect([status, stdout.includes(note)]).toEqual([0, true]);
  });

  it('reports a file of nginx that cannot be read', async () => {
    write('conf.d/a.conf', 'server { listen 80;\n');
    const { status, stdout } = await run('nginx-ws-lint', 'nginx/conf.d/a.conf');
    expect([status, stdout.includes('error[syntax]')]).toEqual([1, true]);
  });

  it('finds every tree of the repository', async () => {
    write('nginx.conf', 'events {}\nhttp { server { location /ws { proxy_pass http://127.0.0.1:1; } } }\n');
    expect((await run('nginx-ws-lint-tree')).stdout).toContain(' --> nginx/nginx.conf:2:');
  });
});
