import { verifyOutcomes } from '../../src/cli/verify';
import { load } from '../../src/fs/load';
import type { FixOutcome } from '../../src/fix/fixer';
import type { Workspace } from '../../src/model/workspace';
import { createSource } from '../../src/text/source';
import { place } from '../cli/support';
import type { Place } from '../cli/support';
import { testCertificate } from './certificate';
import { describeLive } from './nginx';

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
  (name) => `${name}_temp_path @/temp/${name};`,
);

/** A tree that an ordinary user can test: nothing of it lies in nginx's compiled-in directories. */
function planted(files: Readonly<Record<string, string>>): Place {
  const at = place();
  const main = `pid @/nginx.pid; error_log stderr; events {}
http {
    access_log off; ${TEMPORARY.join(' ')}
    include conf.d/*.conf;
}
`;
  for (const [name, text] of Object.entries({ 'nginx.conf': main, 'temp/x': '', ...files })) {
    at.write(name, text.replaceAll('@', at.root));
  }
  return at;
}

const SERVER = `server {
    listen 127.0.0.1:0;
    auth_basic_user_file users;
    location /ws {
        proxy_pass http://127.0.0.1:1;
        proxy_set_header Upgrade $http_upgrade;
        include snippets/close.conf;
    }
}
`;
const FILES = {
  'conf.d/a.conf': SERVER.replace(':0', ':18080'),
  'snippets/close.conf': 'proxy_set_header Connection upgrade;\n',
  users: '',
};

describeLive('--verify', () => {
  it('writes what nginx -t accepts', () => {
    const at = planted(FILES);
    const { err, status } = at.run(['--fix', '--verify', '--only', 'http-version', 'nginx.conf']);
    expect(err).toBe('--verify: nginx -t accepts nginx.conf as it will be\n');
    expect(at.read('conf.d/a.conf')).toContain('proxy_http_version 1.1;');
    expect(status).toBe(0);
  });

  it('writes, too, when nginx refuses the tree for the same reason as before', () => {
    const at = planted({ ...FILES, 'conf.d/b.conf': 'server { listen 127.0.0.1:18080; nonsense on; }\n' });
    const { err } = at.run(['--fix', '--verify', '--only', 'http-version', 'nginx.conf']);
    expect(err).toContain(
      'nginx -t refuses it before and after: [emerg] unknown directive "nonsense" in conf.d/b.conf:1',
    );
    expect(at.read('conf.d/a.conf')).toContain('proxy_http_version 1.1;');
  });

  it('tells what nginx would newly refuse, by the names of the tree', () => {
    const at = planted(FILES);
    const [before] = load(['nginx.conf'], { cwd: at.root });
    if (before === undefined) throw new Error('no workspace');
    const broken = 'proxy_set_header Connection;\n';
    const files = new Map(before.files).set('snippets/close.conf', createSource('snippets/close.conf', broken));
    const said: string[] = [];
    const io = { cwd: at.root, stderr: (text: string) => said.push(text) } as unknown as Parameters<
      typeof verifyOutcomes
    >[0];
    expect(verifyOutcomes(io, [before], [outcome({ ...before, files })])).toEqual([
      'nginx -t refuses the fixed tree: [emerg] invalid number of arguments in "proxy_set_header" directive in snippets/close.conf:1',
      'nothing was written',
    ]);
    expect(said).toEqual([]);
  });

  it('reaches what the main file names relatively where it is', () => {
    const { certificate, key } = testCertificate();
    const tls = SERVER.replace(':0;', ':18080 ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;');
    const at = planted({ ...FILES, 'conf.d/a.conf': tls, 'cert.pem': certificate, 'key.pem': key });
    const { err } = at.run(['--fix', '--verify', '--only', 'http-version', 'nginx.conf']);
    expect(err).toBe('--verify: nginx -t accepts nginx.conf as it will be\n');
  });
});

function outcome(workspace: Workspace): FixOutcome {
  const change = { file: 'x', before: createSource('x', ''), after: createSource('x', ' '), edits: [] };
  return { workspace, changes: [change] } as unknown as FixOutcome;
}

it('--verify without --fix, or with --diff, is refused', () => {
  const at = place({ 'nginx.conf': 'events {}\n' });
  expect(at.run(['--verify', 'nginx.conf']).status).toBe(2);
  expect(at.run(['--verify', '--fix', '--diff', 'nginx.conf']).status).toBe(2);
});
