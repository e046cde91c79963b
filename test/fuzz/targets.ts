import { workspaceOf as virtualTree } from '../../src/api/memory';
import { judgeTree, traceUrl } from '../../src/api/trace';
import { decode } from '../../src/fs/decode';
import { includesOf } from '../../src/fs/includes';
import { load } from '../../src/fs/load';
import { fixAlike } from '../../src/fix/alike';
import { fix } from '../../src/fix/fixer';
import { readUrl } from '../../src/handshake/destination';
import { chrome, firefox, plainGet, plainPost } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { targetFor } from '../../src/handshake/target';
import { lintAlike } from '../../src/lint/alike';
import { DEFAULT_OPTIONS, lint } from '../../src/lint/linter';
import type { LintOptions } from '../../src/lint/linter';
import type { LintResult } from '../../src/lint/result';
import { buildConfiguration } from '../../src/model/build';
import { findRoutes } from '../../src/model/routes';
import { refusals } from '../../src/model/validate';
import { NEWEST, OLDEST } from '../../src/model/version';
import type { NginxVersion } from '../../src/model/version';
import type { Workspace } from '../../src/model/workspace';
import { editMaker } from '../../src/fix/edit-maker';
import { FOR_PEOPLE, REPORTERS } from '../../src/report/formats';
import { PLAIN } from '../../src/report/report';
import { routesText } from '../../src/report/routes';
import { traceJson, traceText } from '../../src/report/trace';
import { crossplanePayload } from '../../src/syntax/crossplane';
import type { Directive, SyntaxTree } from '../../src/syntax/nodes';
import { parse } from '../../src/syntax/parse';
import { piecesIn } from '../../src/syntax/pieces';
import { listTokens } from '../../src/syntax/tokenize';
import { applyEdits } from '../../src/text/edit';
import { unifiedPatch } from '../../src/text/patch';
import { createSource } from '../../src/text/source';
import type { Source, Span } from '../../src/text/source';
import { rules } from '../../rules';
import { workspaceOf as completeTree } from '../helpers/workspace';
import { multiplied } from '../lint/multiply';
import { createRandom } from '../live/random';
import { reportOf } from '../report/reports';
import { annotationsIn } from '../report/runner';
import { readXml } from '../report/xml';
import type { Input } from './arbitrary';

/** Throws when the product breaks a promise on this input. */
export type Target = (input: Input) => void;

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function tokens({ files }: Input): void {
  for (const text of Object.values(files)) {
    let at = 0;
    for (const { kind, start, end } of listTokens(text)) {
      demand(
        start === at && (end > start || kind === 'lua'),
        `a token from ${start} to ${end}, the last one ended at ${at}`,
      );
      at = end;
    }
    demand(at === text.length, `the tokens end at ${at} of ${text.length}`);
  }
}

function syntax({ files }: Input): void {
  for (const [name, text] of Object.entries(files)) {
    const { text: read, encoding } = decode(name, Buffer.from(text));
    const tree = parse({ path: name, text: read, encoding, code: read, placeholders: [] });
    for (const fault of tree.faults) within(fault, read, `fault ${fault.message}`);
    for (const comment of tree.comments) within(comment, read, 'comment');
    checkDirectives(tree, read);
    JSON.stringify(crossplanePayload([tree], { comments: true, includesOf: () => [] })).at(-1);
  }
}

function within({ start, end }: Span, text: string, what: string): void {
  demand(start >= 0 && start <= end && end <= text.length, `${what}: ${start} to ${end} of ${text.length}`);
}

function checkDirectives(tree: SyntaxTree, text: string): void {
  const open: (readonly Directive[])[] = [tree.directives];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    let at = 0;
    for (const directive of level) {
      const { start, end, words, block, name } = directive;
      within(directive, text, `directive ${name}`);
      demand(start >= at, `directive ${name} begins at ${start}, before the end of the last one at ${at}`);
      at = end;
      for (const word of words) demand(word.start >= start && word.end <= end, `a word of ${name} outside of it`);
      if (block === null) continue;
      demand(text[block.open] === '{', `the block of ${name} does not begin with a brace`);
      demand(block.close < 0 || text[block.close] === '}', `the block of ${name} does not end with a brace`);
      open.push(block.directives);
    }
  }
}

/** Where nothing is: names that lead out of it must stay unread. */
const NOWHERE = '/nonexistent-directory';

function loader({ files }: Input): void {
  const [main = '', ...others] = Object.values(files);
  const dump = Object.entries(files)
    .map(([name, text]) => `# configuration file /etc/nginx/${name}:\n${text}\n`)
    .join('');
  for (const stdin of [main, dump, ...others].map((text) => Buffer.from(text))) {
    for (const { files: read, includes } of load(['-'], { cwd: NOWHERE, stdin })) {
      const known = [...read.keys()].every((name) => name === '<stdin>' || name.startsWith('/etc/nginx/'));
      demand(known || stdin.includes('# configuration file'), `read ${[...read.keys()].join()}`);
      for (const target of includes.values()) demand(target.kind !== 'missing', 'missing where nobody can know');
    }
  }
  virtualTree(files);
}

const VERSIONS: readonly (NginxVersion | null)[] = [null, null, OLDEST, 1_022_001, 1_029_006, 1_029_007, NEWEST];

function optionsFor(seed: number): LintOptions {
  const patterns = { websocket: seed % 3 === 0 ? ['*'] : [], notWebsocket: [] };
  return { ...DEFAULT_OPTIONS, version: VERSIONS[seed % VERSIONS.length] ?? null, patterns };
}

/** A whole tree, one that may lack files, or fragments. */
function workspaceFor({ files, seed }: Input): Workspace {
  if (seed % 5 < 3) return completeTree(files);
  return virtualTree(files, seed % 5 === 3 ? {} : { complete: true });
}

const MOST_ROUTES = 6;

function simulator(input: Input): void {
  const configuration = buildConfiguration(workspaceFor(input));
  const version = optionsFor(input.seed).version ?? NEWEST;
  const asked = ['/', '/ws', '/ws/a?x=1', '/%2e%2e//a%00', '/\xff'].map((target) => ({
    scheme: 'http' as const,
    host: 'example.com',
    port: 80,
    target,
  }));
  const found = findRoutes(configuration)
    .slice(0, MOST_ROUTES)
    .flatMap((route) => targetFor(configuration, route) ?? []);
  for (const place of [...found, ...asked]) {
    for (const client of [chrome, firefox, plainGet, plainPost]) {
      const { outcome, faults } = simulate(configuration, client(place), version);
      demand(outcome !== 'fails' || client === plainGet || faults.length >= 0, 'fails without a fault');
    }
  }
}

function linter(input: Input): void {
  const workspace = workspaceFor(input);
  const options = optionsFor(input.seed);
  const result = lint(workspace, rules, { ...options, editsFor: editMaker(options) });
  checkResult(result, workspace);
  const report = reportOf([result]);
  for (const [format, reporter] of Object.entries(REPORTERS)) {
    checkReport(format, reporter()(report, { ...PLAIN, showSecrets: input.seed % 2 === 0 }));
  }
  checkLines('routes', routesText(report, PLAIN));
  trace(input, workspace);
}

function checkResult(result: LintResult, workspace: Workspace): void {
  const inside = result.problems.filter(({ message }) => message.includes('internal error'));
  demand(inside.length === 0, inside.map(({ message }) => message).join('\n'));
  const textOf = (file: string): string => workspace.files.get(file)?.text ?? '';
  for (const { rule, file, start, end, related, via, fix: made } of result.diagnostics) {
    demand(workspace.files.has(file), `${rule} names ${file}, which was not read`);
    within({ start, end }, textOf(file), rule);
    for (const place of [...related, ...via]) within(place, textOf(place.file), `${rule}, related`);
    for (const edit of made?.edits ?? []) within(edit, textOf(edit.file), `${rule}, edit`);
  }
}

/** What no line of a report may hold: cursor movements, colours, reordering. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

function checkLines(format: string, text: string): void {
  const wrong = CONTROL.exec(text);
  if (format !== 'github') demand(annotationsIn(text).length === 0, `${format}: a workflow command`);
  demand(wrong === null, `${format}: U+${wrong?.[0].charCodeAt(0).toString(16)} at ${wrong?.index}`);
}

function checkReport(format: string, text: string): void {
  demand(text === '' || text.endsWith('\n'), `${format} ends without a line break`);
  if (FOR_PEOPLE.has(format) || format === 'github') checkLines(format, text);
  if (['json', 'sarif', 'gitlab'].includes(format)) JSON.parse(text);
  if (['junit', 'checkstyle'].includes(format)) readXml(text);
  if (format === 'github') {
    const foreign = annotationsIn(text).find(({ command }) => !/^(?:error|warning|notice)$/.test(command));
    demand(foreign === undefined, `${format}: the workflow command ${foreign?.command}`);
  }
}

function trace({ seed }: Input, workspace: Workspace): void {
  const text = ['ws://example.com/ws', 'wss://x/', 'ws://a:8080/ws/a%00?b'][seed % 3] ?? '';
  const url = readUrl(text);
  if ('error' in url) throw new Error(url.error);
  const traces = [traceUrl(text, url, [judgeTree(workspace, optionsFor(seed))])];
  checkLines('trace', traceText(traces, PLAIN));
  JSON.parse(traceJson({ tool: { name: '', version: '' } }, null, traces, PLAIN));
}

/** What nginx would refuse of a tree: nothing, as far as one can know without it. */
export function whyRefused(workspace: Workspace, version: NginxVersion | null): readonly string[] {
  const configuration = buildConfiguration(workspace);
  const faults = [...configuration.trees.values()].flatMap((tree) => tree.faults.map(({ message }) => message));
  const refused = [...refusals(configuration, version)].filter(({ certain }) => certain);
  return [...faults, ...refused.map(({ message }) => message)];
}

function fixer(input: Input): void {
  const workspace = workspaceFor(input);
  const { version, patterns } = optionsFor(input.seed);
  const options = { ...DEFAULT_OPTIONS, version, patterns, unsafe: input.seed % 2 === 0 };
  const { changes, workspace: after, result } = fix(workspace, rules, options);
  checkResult(result, after);
  for (const { before, edits, after: now, file } of changes) {
    demand(applyEdits(before.text, edits) === now.text, `the edits of ${file} do not lead to its new text`);
    demand(
      edits.every((edit) => isOutside(edit, before)),
      `an edit of ${file} touches a placeholder`,
    );
  }
  unifiedPatch(changes.map(({ file, before, edits }) => ({ name: file, before, edits })));
  if (changes.length === 0) return;
  if (whyRefused(workspace, version).length === 0) {
    const refused = whyRefused(after, version);
    demand(refused.length === 0, `refused after fixing: ${refused.join('; ')}`);
  }
  const again = fix(after, rules, options);
  demand(again.changes.length === 0, `a second fix changes ${again.changes.map(({ file }) => file).join()}`);
}

function isOutside({ start, end }: Span, { placeholders }: Source): boolean {
  return placeholders.every((place) => end <= place.start || start >= place.end);
}

/** Servers of the main file, each in six files: what is found and fixed must be what each by itself would bring. */
function alike({ files, seed }: Input): void {
  const [name = '', main = ''] = Object.entries(files)[0] ?? [];
  for (const text of Object.values(files)) checkPieces(createSource(name, text));
  const trees = multiplied(main, 6, seed % 2 === 0 ? createRandom(seed) : undefined);
  if (trees === null) return;
  const workspace = completeTree({ ...files, ...trees });
  const options = { ...optionsFor(seed), listRoutes: false, unsafe: seed % 3 === 0 };
  const editing = { ...options, editsFor: editMaker(options) };
  const [one, each] = [lintAlike(workspace, rules, editing, 4), lint(workspace, rules, editing)];
  demand(textOf(one) === textOf(each), `found:\n${textOf(one)}\nby itself:\n${textOf(each)}`);
  const [fixedOne, fixedEach] = [fixAlike(workspace, rules, options, 4), fix(workspace, rules, options)];
  for (const [file, { text }] of fixedEach.workspace.files) {
    demand(fixedOne.workspace.files.get(file)?.text === text, `${file} is fixed in another way`);
  }
}

function textOf(result: LintResult): string {
  return REPORTERS['pretty']?.()(reportOf([result]), PLAIN) ?? '';
}

function checkPieces(source: Source): void {
  const patterns = piecesIn(source)?.includes.map(({ pattern }) => pattern);
  const read = includesOf(source).map(({ pattern }) => pattern);
  demand(patterns === undefined || patterns.join() === read.join(), `includes ${patterns?.join()} for ${read.join()}`);
}

export const TARGETS: Readonly<Record<string, Target>> = { tokens, syntax, loader, simulator, linter, fixer, alike };
