import { fix, type FixOptions, type FixOutcome } from '../../src/fix/fixer';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { Repair, RepairPlan, Rule } from '../../src/lint/rule';
import type { Route } from '../../src/model/route';
import type { Workspace } from '../../src/model/workspace';
import { applyEdits } from '../../src/text/edit';
import { rules } from '../../rules/index';
import { workspaceOf } from '../helpers/workspace';

const OPTIONS: FixOptions = { ...DEFAULT_OPTIONS, unsafe: false };

/** A rule that wants these repairs for each route, again and again. */
function rule(id: string, repairs: (route: Route) => readonly Repair[], safety: RepairPlan['safety'] = 'safe'): Rule {
  return {
    id,
    severity: 'error',
    summary: 'A rule of a test.',
    nginx: '',
    sources: [],
    fix: 'safe',
    *check({ routes }) {
      for (const route of routes) {
        const plan = { title: id, safety, repairs: repairs(route) };
        if (plan.repairs.length > 0)
          yield { at: route.pass, message: `${id} ${route.label}`, routes: [route], repairs: plan };
      }
    },
  };
}

function header(route: Route, key: string, value: string): Repair {
  return { kind: 'entry', scope: route.scope, list: 'proxy_set_header', key, value };
}

function run(
  text: string | Workspace,
  wanted: readonly Rule[] = rules,
  options = OPTIONS,
): FixOutcome & { text: string } {
  const workspace = typeof text === 'string' ? workspaceOf({ 'nginx.conf': text }) : text;
  const outcome = fix(workspace, wanted, options);
  return { ...outcome, text: outcome.workspace.files.get('nginx.conf')?.text ?? '' };
}

const BARE = `events {}
http {
    server {
        listen 80;
        location /ws {
            proxy_pass http://127.0.0.1:3000;
        }
    }
}
`;

test('a bare location ends as a working one', () => {
  const { text, result } = run(BARE);
  expect(text).toContain('proxy_set_header Connection $connection_upgrade;');
  expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('each fix says what its proof showed', () => {
  const { records } = run(BARE);
  expect(records.find(({ rule: id }) => id === 'http-version')?.proof).toBe(
    '/ws: handshake now switches; plain requests unchanged but for Connection, HTTP/1.1',
  );
});

test('a fix after which nginx would answer the handshake itself is discarded', () => {
  const text = BARE.replace('proxy_pass', 'if ($http_upgrade = none) { return 204; } proxy_pass');
  const curt = rule('curt', ({ location }) =>
    (location?.own('if') ?? []).map((setting) => ({ kind: 'word', setting, index: 3, text: 'websocket)' })),
  );
  expect(run(text, [curt]).records[0]?.reason).toBe(
    'a handshake that reached the backend would be answered 204 (location /ws)',
  );
});

test('a second fix changes nothing', () => {
  expect(run(run(BARE).workspace).changes).toEqual([]);
});

test('changes hold the edits that lead from the first text to the last', () => {
  const { changes } = run(BARE);
  expect(changes.map(({ before, after, edits }) => applyEdits(before.text, edits) === after.text)).toEqual([true]);
});

test('the rule of the published fixers is thrown away: a first header that drops the inherited ones', () => {
  const text = `events {}
http {
    server {
        listen 80;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection upgrade;
        location /ws {
            proxy_pass http://127.0.0.1:3000;
        }
    }
}
`;
  const naive = rule('naive', ({ scope, pass }) => [
    { kind: 'insert', scope, text: 'proxy_set_header X-A b;', near: pass, where: 'after' },
  ]);
  const { text: after, records } = run(text, [naive]);
  expect(after).toBe(text);
  expect(records).toMatchObject([{ state: 'discarded', rule: 'naive' }]);
  expect(records[0]?.reason).toContain('the header x-a of plain requests would change');
});

test('a fix that changes plain requests unannounced is thrown away, the others are made', () => {
  const evil = rule('evil', ({ scope, pass }) => [
    { kind: 'insert', scope, text: 'rewrite ^ /elsewhere break;', near: pass, where: 'after' },
  ]);
  const good = rule('good', ({ scope }) =>
    scope.own('proxy_http_version').length > 0
      ? []
      : [{ kind: 'set', scope, name: 'proxy_http_version', args: ['1.1'] }],
  );
  const { text, records } = run(BARE, [evil, good]);
  expect(text).toBe(BARE.replace(':3000;\n', ':3000;\n            proxy_http_version 1.1;\n'));
  expect(records.map(({ rule: id, state }) => [id, state])).toEqual([
    ['good', 'applied'],
    ['evil', 'discarded'],
  ]);
});

test('a fix that nginx would refuse is thrown away', () => {
  const wrong = rule('wrong', ({ scope }) => [{ kind: 'set', scope, name: 'proxy_http_version', args: ['3.5'] }]);
  const { text, records } = run(BARE, [wrong]);
  expect([text, records[0]?.state]).toEqual([BARE, 'discarded']);
  expect(records[0]?.reason).toContain('nginx would refuse the configuration');
});

test('a fix that breaks the syntax is thrown away', () => {
  const broken = rule('broken', ({ scope, pass }) => [
    { kind: 'insert', scope, text: 'if ($a) { return 1', near: pass, where: 'after' },
  ]);
  const { text, records } = run(BARE, [broken]);
  expect([text, records[0]?.state]).toEqual([BARE, 'discarded']);
});

/** Sets a timeout, which no request shows, to what comes after its present value. */
function timeout(id: string, next: (now: number) => number): Rule {
  return rule(id, ({ scope }) => {
    const now = Number(scope.own('proxy_read_timeout')[0]?.directive.args[0] ?? 100);
    return next(now) === now ? [] : [{ kind: 'set', scope, name: 'proxy_read_timeout', args: [String(next(now))] }];
  });
}

test('of rules that undo each other the one that closes the circle is left out, and named', () => {
  const up = timeout('up', (now) => (now === 200 ? now : 200));
  const down = timeout('down', (now) => (now === 200 ? 300 : now));
  const { result, records } = run(BARE, [up, down]);
  expect(result.notes.join()).toMatch(/fixing left out what comes to no end: (up|down) undo what others do/);
  expect(records.map(({ state }) => state)).toContain('discarded');
});

test('a rule that is never satisfied fixes nothing, for a second run would go on', () => {
  const more = timeout('more', (now) => now + 1);
  const { text, result } = run(BARE, [more]);
  expect(text).toBe(BARE);
  expect(result.notes.join()).toContain('fixing left out what comes to no end: more');
});

test('a repair without end takes no other of its rule with it', () => {
  const two = BARE.replace(
    'location /ws',
    'location /once { proxy_pass http://127.0.0.1:3001; }\n        location /ws',
  );
  const mixed = rule('mixed', (route) => {
    const now = Number(route.scope.own('proxy_send_timeout')[0]?.directive.args[0] ?? 0);
    const next = route.label.includes('/once') ? 7 : now + 1;
    return next === now ? [] : [{ kind: 'set', scope: route.scope, name: 'proxy_send_timeout', args: [String(next)] }];
  });
  const { text } = run(two, [mixed]);
  expect(text.match(/proxy_send_timeout \d+/g)).toEqual(['proxy_send_timeout 7']);
});

test('unsafe fixes are made on request alone, and counted', () => {
  const unsafe = rule(
    'unsafe',
    (route) => (route.scope.own('proxy_set_header').length > 0 ? [] : [header(route, 'X-A', 'b')]),
    'unsafe',
  );
  expect(run(BARE, [unsafe]).records).toMatchObject([{ state: 'available', safety: 'unsafe' }]);
  expect(run(BARE, [unsafe], { ...OPTIONS, unsafe: true }).records).toMatchObject([{ state: 'applied' }]);
});

test('only the rules asked for are fixed', () => {
  const { text } = run(BARE, rules, { ...OPTIONS, only: new Set(['http-version']) });
  expect(text).toBe(BARE.replace(':3000;\n', ':3000;\n            proxy_http_version 1.1;\n'));
});

test('an ignored finding is not fixed', () => {
  const text = BARE.replace('proxy_pass', '# nginx-ws-lint-ignore http-version -- old\n            proxy_pass');
  expect(run(text, rules, { ...OPTIONS, only: new Set(['http-version']) }).changes).toEqual([]);
});

test('a generated file is edited with a warning', () => {
  const { result } = run(`# Managed by Ansible - do not edit\n${BARE}`);
  expect(result.notes).toEqual([
    'nginx.conf says "Managed by Ansible - do not edit": repair what generates it too, or the fix will be overwritten',
  ]);
});

test('a file with a syntax error is left alone', () => {
  const text = BARE.replace('listen 80;', 'listen 80');
  expect(run(text).changes).toEqual([]);
});

test('files that no fix concerns stay the same objects', () => {
  const workspace = workspaceOf({
    'nginx.conf': BARE.replace('listen 80;', 'listen 80; include a.conf;'),
    'a.conf': 'root html;\n',
  });
  expect(run(workspace).workspace.files.get('a.conf')).toBe(workspace.files.get('a.conf'));
});

test('a fragment is repaired unsafely or not at all', () => {
  const workspace = {
    ...workspaceOf({ 'nginx.conf': 'location /ws {\n    proxy_pass http://127.0.0.1:3000;\n}\n' }),
    main: null,
    fragments: [{ file: 'nginx.conf', context: ['http', 'server'], stated: false }],
  };
  expect(run(workspace).changes).toEqual([]);
  expect(run(workspace, rules, { ...OPTIONS, unsafe: true }).text).toContain('proxy_set_header Upgrade $http_upgrade;');
});
