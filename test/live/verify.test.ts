import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { testCopy } from '../../src/fs/verify';
import type { Workspace } from '../../src/model/workspace';
import { createSource } from '../../src/text/source';
import { workspaceOf } from '../helpers/workspace';
import { testCertificate } from './certificate';
import { describeLive, findBinary, PREAMBLE } from './nginx';

const HTTP = PREAMBLE.filter((line) => !/_temp_path|access_log/.test(line)).join('\n');
const OK = `events {}\nhttp {\n${HTTP}\naccess_log off;\ninclude /etc/nginx/sites/*.conf;\n}\n`;
const SITE = 'server {\n    listen 127.0.0.1:18001;\n    return 204;\n}\n';

describeLive('nginx -t on private copies', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'verify-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** A tree in `root` whose absolute includes name its own files. */
  function tree(files: Readonly<Record<string, string>>): Workspace {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const texts = Object.entries(files).filter(([name]) => name.endsWith('.conf'));
    const named = Object.fromEntries(texts.map(([name, text]) => [join(root, name), text]));
    const sites = Object.keys(named).filter((name) => name.includes('/sites/'));
    return {
      ...workspaceOf(named),
      main: join(root, 'nginx.conf'),
      includes: new Map([['/etc/nginx/sites/*.conf', { kind: 'files', files: sites }]]),
    };
  }

  function changed(workspace: Workspace, name: string, text: string): Workspace {
    const path = join(root, name);
    return { ...workspace, files: new Map([...workspace.files, [path, createSource(path, text)]]) };
  }

  const run = (workspace: Workspace): ReturnType<typeof testCopy> => testCopy(findBinary() ?? 'nginx', workspace, root);

  test('a tree that nginx accepts is accepted, absolute includes and certificates beside it included', () => {
    const { key, certificate } = testCertificate();
    const tls =
      'server {\n    listen 127.0.0.1:18009 ssl;\n    ssl_certificate tls/c.pem;\n    ssl_certificate_key tls/k.pem;\n}\n';
    const files = { 'nginx.conf': OK, 'sites/a.conf': tls, 'tls/c.pem': certificate, 'tls/k.pem': key };
    expect(run(tree(files))).toEqual({ accepted: true });
  });

  test('an error is told at the place in the real file', () => {
    const before = tree({ 'nginx.conf': OK, 'sites/a.conf': SITE });
    const after = changed(before, 'sites/a.conf', SITE.replace('return 204', 'return'));
    expect(run(after)).toEqual({
      accepted: false,
      message: `[emerg] invalid number of arguments in "return" directive in ${join(root, 'sites/a.conf')}:3`,
    });
  });
});
