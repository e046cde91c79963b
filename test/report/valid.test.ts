import Ajv from 'ajv';
import Ajv4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic, LintResult } from '../../src/lint/result';
import { REPORTERS } from '../../src/report/formats';
import { PLAIN } from '../../src/report/report';
import type { ReportOptions } from '../../src/report/report';
import { applyEdits } from '../../src/text/edit';
import { createSource, lineStarts } from '../../src/text/source';
import { workspaceOf } from '../helpers/workspace';
import { OLD_HTTP } from '../cli/support';
import { annotationsIn } from './runner';
import { hostileResult, lintOf, POISON, reportOf, sampleResult } from './reports';
import { elementsOf, readXml } from './xml';
import type { Element } from './xml';

const TEXT = expect.any(String) as unknown;
const hostile = hostileResult();
const sample = sampleResult();
const TREES = { sample, hostile, empty: null } as const;
type Tree = keyof typeof TREES;
const EACH_TREE = Object.keys(TREES) as Tree[];

function report(format: string, result: LintResult | null, options: Partial<ReportOptions> = {}): string {
  const reporter = REPORTERS[format]?.();
  if (reporter === undefined) throw new Error(`no ${format}`);
  return reporter(reportOf(result === null ? [] : [result]), { ...PLAIN, ...options });
}

/** A result with this many findings of a severity, each on its own line. */
function many(count: number, severity: Diagnostic['severity']): LintResult {
  const result = lintOf(workspaceOf({ 'nginx.conf': OLD_HTTP + '#\n'.repeat(count) }));
  const [first] = result.diagnostics;
  if (first === undefined) throw new Error('no finding');
  const one = (_: unknown, index: number): Diagnostic => {
    const start = OLD_HTTP.length + 2 * index;
    return { ...first, severity, start, end: start + 1, fix: null, message: `number ${index}` };
  };
  return { ...result, diagnostics: Array.from({ length: count }, one) };
}

describe('sarif', () => {
  const schema = JSON.parse(
    readFileSync(path.join(__dirname, '../../fixtures/schemas/sarif-2.1.0.json'), 'utf8'),
  ) as object;
  const ajv = new Ajv4({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);

  interface Region {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  }
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly message: { readonly text: string };
    readonly locations: readonly {
      readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string } };
    }[];
    readonly partialFingerprints: { readonly primaryLocationLineHash: string };
    readonly suppressions: readonly { readonly kind: string; readonly justification?: string }[];
    readonly fixes?: readonly {
      readonly artifactChanges: readonly {
        readonly replacements: readonly {
          readonly deletedRegion: Region;
          readonly insertedContent: { readonly text: string };
        }[];
      }[];
    }[];
  }
  interface Run {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; properties: object }[] } };
    readonly results: readonly Result[];
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
  }
  const runOf = (result: LintResult, options: Partial<ReportOptions> = {}): Run => {
    const { runs } = JSON.parse(report('sarif', result, options)) as { runs: readonly Run[] };
    if (runs.length !== 1 || runs[0] === undefined) throw new Error('not one run');
    return runs[0];
  };

  it.each(EACH_TREE)('of the %s tree is what the OASIS schema describes', (tree) => {
    validate(JSON.parse(report('sarif', TREES[tree])));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('would not be with a level that SARIF lacks', () => {
    expect(validate(JSON.parse(report('sarif', sample).replace('"level": "error"', '"level": "fatal"')))).toBe(false);
  });

  it('points each result at its rule, which has help', () => {
    const { tool, results } = runOf(hostile);
    expect(results.filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId)).toEqual([]);
    expect(tool.driver.rules[0]).toMatchObject({ help: { text: TEXT, markdown: TEXT } });
    expect(tool.driver.rules[0]).toHaveProperty('helpUri');
  });

  it('rates the rules that are about security, and no others', () => {
    const rated = runOf(sample).tool.driver.rules.filter(({ properties }) => 'security-severity' in properties);
    expect(rated.map(({ id }) => id).sort()).toEqual(['origin-overwritten', 'regex-map-captures', 'upgrade-smuggling']);
  });

  it('names files as URIs that lead back to them', () => {
    const uris = runOf(hostile).results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation);
    const relative = uris
      .filter((uri) => uri?.uriBaseId === '%SRCROOT%')
      .map((uri) => decodeURIComponent(uri?.uri ?? ''));
    expect(new Set(relative)).toEqual(
      new Set(['nginx.conf', [...hostile.sources.keys()][1]?.replace(/[\ud800\udfff]/g, '\ufffd')]),
    );
    expect(uris).toContainEqual({ uri: 'file:///etc/other%20place/not-given.conf' });
  });

  it('names files from the root of the repository when told where it is', () => {
    const [result] = runOf(sample, { below: 'deploy/nginx' }).results;
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^deploy\/nginx\//);
  });

  it('holds fixes that repair the text', () => {
    const result = lintOf(workspaceOf({ 'nginx.conf': OLD_HTTP }));
    const source = createSource('nginx.conf', OLD_HTTP);
    const offset = (line: number, column: number): number => (lineStarts(source)[line - 1] ?? 0) + column - 1;
    const fix = runOf(result).results.find(({ ruleId }) => ruleId === 'http-version')?.fixes?.[0];
    const edits = (fix?.artifactChanges[0]?.replacements ?? []).map(({ deletedRegion: at, insertedContent }) => ({
      start: offset(at.startLine, at.startColumn),
      end: offset(at.endLine, at.endColumn),
      text: insertedContent.text,
    }));
    expect(applyEdits(OLD_HTTP, edits)).toContain('\n            proxy_http_version 1.1;\n');
  });

  it('has fingerprints that tell results apart and outlive lines that move', () => {
    const marks = ({ results }: Run): string[] => results.map((one) => one.partialFingerprints.primaryLocationLineHash);
    const moved = lintOf(workspaceOf({ 'nginx.conf': `# a\n# b\n${OLD_HTTP}` }));
    const before = marks(runOf(lintOf(workspaceOf({ 'nginx.conf': OLD_HTTP }))));
    expect(marks(runOf(moved)).sort()).toEqual(before.sort());
    expect(new Set(marks(runOf(hostile))).size).toBe(runOf(hostile).results.length);
  });

  it('says what is ignored, by what and why', () => {
    const text = OLD_HTTP.replace('proxy_pass', '# nginx-ws-lint-ignore http-version -- ours is new\n proxy_pass');
    const { results } = runOf(lintOf(workspaceOf({ 'nginx.conf': text })));
    expect(results.find(({ ruleId }) => ruleId === 'http-version')?.suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'ours is new' },
    ]);
    expect(results.find(({ ruleId }) => ruleId !== 'http-version')?.suppressions).toEqual([]);
  });

  it('says when input could not be read', () => {
    expect(runOf(hostile).invocations).toMatchObject([{ executionSuccessful: false }]);
    expect(runOf(sample).invocations).toMatchObject([{ executionSuccessful: true }]);
  });

  it('holds as many results as GitHub takes, the gravest, and says how many it left out', () => {
    const all = many(25_010, 'warning');
    const changed = (one: Diagnostic, index: number): Diagnostic =>
      index < 10 ? { ...one, severity: 'error', ignored: { by: 'comment', reason: null } } : one;
    const last = all.diagnostics.slice(-1).map((one): Diagnostic => ({ ...one, severity: 'error' }));
    const text = report('sarif', { ...all, diagnostics: [...all.diagnostics.map(changed), ...last] });
    const [run] = (JSON.parse(text) as { runs: readonly Run[] }).runs;
    expect(run?.results.filter(({ suppressions }) => suppressions.length > 0)).toEqual([]);
    expect(run?.results).toHaveLength(25_000);
    expect(run?.results[0]).toMatchObject({ level: 'error' });
    const message = { text: '11 findings left out: a run may hold 25000, and these are the gravest' };
    expect(run?.invocations).toMatchObject([
      { executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message }] },
    ]);
  });

  it('leaves no argument and no link in a message', () => {
    const texts = runOf(hostile).results.map(({ message }) => message.text.replace(/\{\{|\}\}/g, ''));
    expect(texts.filter((text) => /[{}]|\]\(/.test(text))).toEqual([]);
  });
});

describe('gitlab', () => {
  /** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
  const schema = {
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', pattern: '^[a-z0-9-]+$' },
        fingerprint: { type: 'string', minLength: 16 },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            path: { type: 'string', pattern: '^(?!\\./)' },
            lines: {
              type: 'object',
              required: ['begin'],
              properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  };
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);
  const issues = (result: LintResult): readonly { fingerprint: string; severity: string }[] =>
    JSON.parse(report('gitlab', result)) as readonly { fingerprint: string; severity: string }[];

  it.each(EACH_TREE)('of the %s tree is what GitLab documents', (tree) => {
    validate(JSON.parse(report('gitlab', TREES[tree])));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has a fingerprint of its own for each issue', () => {
    expect(new Set(issues(hostile).map(({ fingerprint }) => fingerprint)).size).toBe(issues(hostile).length);
  });

  it('calls what nginx refuses a blocker', () => {
    expect(new Set(issues(hostile).map(({ severity }) => severity))).toContain('blocker');
    expect(new Set(issues(sample).map(({ severity }) => severity))).not.toContain('minor');
  });
});

describe('junit', () => {
  /** Elements and attributes of Jenkins' junit-10.xsd, with the `file` and `line` that GitLab and pytest use. */
  const ALLOWED: Readonly<
    Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
  > = {
    testsuites: { attributes: ['name', 'tests', 'failures', 'errors'], children: ['testsuite'] },
    testsuite: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped'], children: ['testcase'] },
    testcase: { attributes: ['name', 'classname', 'file', 'line'], children: ['failure', 'skipped', 'system-out'] },
    failure: { attributes: ['message', 'type'], children: [] },
    skipped: { attributes: ['message'], children: [] },
    'system-out': { attributes: [], children: [] },
  };
  const read = (result: LintResult | null, options: Partial<ReportOptions> = {}): Element =>
    readXml(report('junit', result, options));
  const wrong = ({ name, attributes, children }: Element): boolean =>
    Object.keys(attributes).some((each) => ALLOWED[name]?.attributes.includes(each) !== true) ||
    children.some((child) => ALLOWED[name]?.children.includes(child.name) !== true);

  it.each(EACH_TREE)('of the %s tree holds what JUnit readers know', (tree) => {
    expect(elementsOf(read(TREES[tree])).filter(wrong)).toEqual([]);
  });

  it.each(EACH_TREE)('counts what is there in the %s tree', (tree) => {
    const all = elementsOf(read(TREES[tree]));
    const [root] = all;
    const named = (name: string): string => String(all.filter((one) => one.name === name).length);
    expect(root?.attributes).toMatchObject({ tests: named('testcase'), failures: named('failure') });
  });

  it('fails by what fails the run', () => {
    const failures = (failOn: 'error' | 'warning' | 'info'): number =>
      elementsOf(read(many(3, 'warning'), { failOn })).filter(({ attributes }) => attributes['type'] === 'warning')
        .length;
    expect([failures('error'), failures('warning'), failures('info')]).toEqual([0, 3, 3]);
  });

  it('has a case for each route that serves WebSocket', () => {
    const cases = elementsOf(read(sample))
      .filter(({ name }) => name === 'testcase')
      .map(({ attributes }) => attributes['name']);
    expect(cases).toContainEqual('location /ws (ws://chat.example.com:8080/ws)');
  });

  it('keeps the text of a hostile finding', () => {
    expect(report('junit', hostile)).toContain('::error::x');
    expect(elementsOf(read(hostile)).some(({ text }) => text.includes(']]>--><!--</script>'))).toBe(true);
  });
});

describe('checkstyle', () => {
  it.each(EACH_TREE)('of the %s tree is well-formed, and as its readers know it', (tree) => {
    const root = readXml(report('checkstyle', TREES[tree]));
    expect(root.name).toBe('checkstyle');
    const errors = root.children.flatMap(({ children }) => children);
    const wrong = errors.filter(({ name, attributes }) => {
      const { line = '', severity = '' } = attributes;
      return name !== 'error' || !/^\d+$/.test(line) || !/^(error|warning|info)$/.test(severity);
    });
    expect([root.children.filter(({ name }) => name !== 'file'), wrong]).toEqual([[], []]);
  });
});

describe('github', () => {
  it('makes no command of what others wrote', () => {
    const { length } = hostile.problems;
    const annotations = annotationsIn(report('github', hostile));
    const titles = new Set(annotations.map(({ properties }) => properties['title']));
    expect([...titles].filter((title) => title !== 'cannot be read' && !/^[a-z0-9-]+$/.test(title ?? ''))).toEqual([]);
    expect(annotations.filter(({ command }) => command === 'error')).toHaveLength(10 + length);
  });

  it('gives the runner back what was said', () => {
    const [first] = annotationsIn(report('github', { ...sample, problems: [{ file: 'a,b:c%', message: 'x%0Ay' }] }));
    expect(first).toEqual({
      command: 'error',
      properties: { file: 'a,b:c%', title: 'cannot be read' },
      message: 'x%0Ay',
    });
  });

  it('puts errors first', () => {
    const kinds = annotationsIn(report('github', sample)).map(({ command }) => command);
    expect(kinds).toEqual(
      [...kinds].sort((a, b) => ['error', 'warning', 'notice'].indexOf(a) - ['error', 'warning', 'notice'].indexOf(b)),
    );
  });

  it.each([
    ['error', 'error', 'errors'],
    ['warning', 'warning', 'warnings'],
    ['info', 'notice', 'infos'],
  ] as const)('annotates ten of a kind and logs the others: %s', (severity, command, words) => {
    const text = report('github', many(13, severity));
    expect(annotationsIn(text).filter((one) => one.command === command)).toHaveLength(10);
    expect(text).toContain(`::group::3 more ${words} `);
    expect(text).toMatch(/^- nginx\.conf:\d+:1: \w+: number 12/m);
  });

  it('has columns only where the span is in one line', () => {
    const [first] = sample.diagnostics;
    if (first === undefined) throw new Error('no finding');
    const wide = { ...sample, diagnostics: [{ ...first, end: first.end + 100 }] };
    const [annotation] = annotationsIn(report('github', wide));
    expect(Object.keys(annotation?.properties ?? {})).toEqual(['file', 'line', 'endLine', 'title']);
  });

  it('names files from the root of the repository when told where it is', () => {
    expect(report('github', sample, { below: 'deploy' })).toContain(' file=deploy/conf.d/chat.conf,');
  });
});

describe('markdown', () => {
  const outsideCode = (text: string): string => text.replace(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, '');

  it('holds no markup but its own', () => {
    const tags = new Set(
      [...outsideCode(report('markdown', hostile)).matchAll(/<\/?([a-z!-]+)/gi)].map(([, tag]) => tag),
    );
    expect([...tags].sort()).toEqual(['a', 'br', 'code', 'details', 'strong', 'summary']);
  });

  it('mentions nobody and links nowhere but to the rules', () => {
    const text = outsideCode(report('markdown', hostile));
    expect(text).not.toMatch(/@|\]\(/);
    expect(
      [...text.matchAll(/href="([^"]*)"/g)].filter(([, url]) => !url?.startsWith('https://github.com/nginx-ws-lint/')),
    ).toEqual([]);
    expect([...text.matchAll(/(\S{5})https?:\/\//g)].filter(([, before]) => before !== 'href="'.slice(1))).toEqual([]);
  });

  it('has five cells in each row of the routes', () => {
    const rows = report('markdown', hostile)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => row.split('|').length !== 7)).toEqual([]);
  });

  it('fits a job summary, and says what is left out', () => {
    const text = report('markdown', many(20_000, 'error'));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/\d+ more findings not shown here/);
  });

  it('closes every code block that it opens, whatever is in it', () => {
    const result = lintOf(workspaceOf({ 'nginx.conf': OLD_HTTP.replace('proxy_pass', '````\nproxy_pass') }));
    expect(outsideCode(report('markdown', result))).not.toContain('```');
  });
});

test('poison is poisonous', () => {
  expect(POISON).toMatch(/\n/);
  expect(hostile.diagnostics.some(({ message }) => message.includes(POISON))).toBe(true);
});
