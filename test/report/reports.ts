import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../rules';
import { editMaker } from '../../src/fix/edit-maker';
import { DEFAULT_OPTIONS, lint } from '../../src/lint/linter';
import type { LintResult } from '../../src/lint/result';
import type { Rule } from '../../src/lint/rule';
import type { IncludeTarget, Workspace } from '../../src/model/workspace';
import type { Report } from '../../src/report/report';
import { docsUrl } from '../../src/report/rule-docs';
import { createSource } from '../../src/text/source';
import { workspaceOf } from '../helpers/workspace';

export const SAMPLE = path.join(__dirname, '../../fixtures/projects/sample');

/** A report as the command line makes it. The version is fixed, so that golden files outlive releases. */
export function reportOf(results: readonly LintResult[], described: readonly Rule[] = rules): Report {
  const tool = { name: 'nginx-ws-lint', version: '0.0.0' };
  return {
    tool,
    results,
    docs: docsUrl,
    next: [{ command: 'nginx-ws-lint --fix', what: 'writes them' }],
    rules: described,
  };
}

/** Golden files hang on these alone, not on rules that are added. */
export const FEW: readonly Rule[] = rules.filter(({ id }) =>
  [
    'refused-directive',
    'http-version',
    'upgrade-header',
    'read-timeout',
    'upgrade-smuggling',
    'unused-ignore',
  ].includes(id),
);

export function lintOf(workspace: Workspace, checked: readonly Rule[] = rules): LintResult {
  return lint(workspace, checked, { ...DEFAULT_OPTIONS, editsFor: editMaker({ ...DEFAULT_OPTIONS }) });
}

export function sampleResult(checked: readonly Rule[] = rules): LintResult {
  const names = readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.conf'));
  const files = names.sort().map((name) => [name.replaceAll('\\', '/'), readFileSync(path.join(SAMPLE, name), 'utf8')]);
  return lintOf(workspaceOf(Object.fromEntries(files) as Record<string, string>), checked);
}

/** Everything that breaks out of some format: line breaks, ends of sections and strings, commands, terminal escapes. */
export const POISON =
  '\u001b[31m%0A::error::x\r\n::warning::y##[error]z]]>--><!--</script><img src=x onerror=alert(1)>"\'`|{0}[a](http://b)@all&amp;\u0000\u0085\u202e\ud800\ufffe\uffff\udfff${x}';

/** For a name in a path: without its separators. */
export const FILE_POISON = POISON.replaceAll('/', '\\');

const NGINX_CONF = `events {}
http {
    include poison;
    server {
        listen 8080;
        server_name "${word(POISON)}";
        # nginx-ws-lint-ignore http-version -- ${POISON.replace(/[\r\n]/g, ' ')}
        location /ws/ignored { proxy_pass http://127.0.0.1:1; }
        location "/ws/${word(POISON)}" {
            proxy_set_header Authorization "Basic c2VjcmV0OnNlY3JldA==";
            proxy_set_header Upgrade "${word(POISON)}";
            proxy_pass http://127.0.0.1:2; # </style></svg><script>alert(2)</script> \u001b]0;title\u0007
        }
        location /ws { proxy_pass http://user:hunter22@127.0.0.1:3; proxy_http_version 1.1; }
        location /cable { set $x 1; proxy_pass http://$undefined_variable; }
    }
}
`;

function word(text: string): string {
  return text.replace(/["\\]/g, '\\$&').replaceAll('$', '\\$');
}

const SECRET_FILE = `server {
    listen 8081;
    location /socket.io/ { proxy_pass http://elsewhere.example/; } # of a file that was not given: TOPSECRET
}
`;

/** A tree whose names and values are out to break reports; one file of it was not given. */
export function hostileResult(checked: readonly Rule[] = rules): LintResult {
  const file = `conf.d/${FILE_POISON}.conf`;
  const target: IncludeTarget = { kind: 'files', files: [file, '/etc/other place/not-given.conf'] };
  const workspace: Workspace = {
    ...workspaceOf({ 'nginx.conf': NGINX_CONF }),
    includes: new Map([['poison', target]]),
    notes: [POISON],
    problems: [{ file: `${FILE_POISON}.gone`, message: POISON }],
  };
  const files = new Map(workspace.files);
  files.set(
    file,
    createSource(file, NGINX_CONF.slice(NGINX_CONF.indexOf('    server {'), NGINX_CONF.lastIndexOf('}'))),
  );
  files.set('/etc/other place/not-given.conf', createSource('/etc/other place/not-given.conf', SECRET_FILE));
  const result = lintOf({ ...workspace, files, given: new Set(['nginx.conf', file]) }, checked);
  return { ...result, diagnostics: result.diagnostics.map((one) => ({ ...one, message: `${one.message} ${POISON}` })) };
}
