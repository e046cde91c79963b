import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildConfiguration } from '../../src/model/build';
import type { Configuration } from '../../src/model/scope';
import { unknownDirectives } from '../../src/model/unknown-directives';
import { refusals } from '../../src/model/validate';
import type { IncludeTarget, Workspace } from '../../src/model/workspace';
import { createSource } from '../../src/text/source';

const CORPUS = join(__dirname, '../../../shared/corpus');
const MEASURED_WITH = 1_022_001;
const describeCorpus = existsSync(CORPUS) ? describe : describe.skip;

interface Row {
  readonly file: string;
  readonly kind: string;
  readonly nginx_t: string;
  readonly nginx_t_wrapped_as?: string;
}

interface Label {
  readonly id: string;
  readonly file: string;
  readonly test: { readonly ok: boolean; readonly text: string };
}

function rows<T>(file: string): readonly T[] {
  const text = readFileSync(join(CORPUS, file), 'utf8').trim();
  return text.split('\n').map((line) => JSON.parse(line) as T);
}

const CONTEXTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^http-level/, ['http']],
  [/^server-level/, ['http', 'server']],
  [/^location-level/, ['http', 'server', 'location']],
  [/^stream-level/, ['stream']],
  [/^upstream-level/, ['http', 'upstream']],
  [/^main-level/, []],
];

/** The files that an include may name; what is not there was not read. */
const SNIPPETS: Readonly<Record<string, string>> = {
  'ws_snip.conf':
    'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";',
  'ka_snip.conf': 'proxy_http_version 1.1; proxy_set_header Connection "";',
};

function configuration(text: string, context: readonly string[] | null): Configuration {
  const files = new Map([['nginx.conf', createSource('nginx.conf', text)]]);
  for (const [name, snippet] of Object.entries(SNIPPETS)) files.set(name, createSource(name, snippet));
  const includes = new Map<string, IncludeTarget>();
  for (const [, pattern = ''] of text.matchAll(/\binclude\s+["']?([^;\s"']+)["']?\s*;/g)) {
    const name = pattern.replace(/^.*\//, '');
    if (Object.hasOwn(SNIPPETS, name)) includes.set(pattern, { kind: 'files', files: [name] });
    else if (pattern.includes('*')) includes.set(pattern, { kind: 'files', files: [] });
    else includes.set(pattern, { kind: 'unread', reason: 'not in the corpus' });
  }
  const workspace: Workspace = {
    main: context === null ? 'nginx.conf' : null,
    fragments: context === null ? [] : [{ file: 'nginx.conf', context, stated: false }],
    prefix: '',
    live: false,
    files,
    includes,
    given: new Set(files.keys()),
    notes: [],
    problems: [],
  };
  return buildConfiguration(workspace);
}

function certain(built: Configuration): readonly string[] {
  return [...refusals(built, MEASURED_WITH)].filter((one) => one.certain).map(({ message }) => message);
}

/** Placeholders that the measuring replaced. */
const TEMPLATE = /\$\{[A-Z_]+\}|%%\w+%%/;

describeCorpus('the corpus', () => {
  test('nothing is refused that nginx accepted', () => {
    const wrong = rows<Row>('index.jsonl')
      .filter(({ nginx_t }) => nginx_t === 'ok')
      .flatMap(({ file, nginx_t_wrapped_as = '' }) => {
        const text = readFileSync(join(CORPUS, file), 'utf8');
        if (TEMPLATE.test(text)) return [];
        const context = CONTEXTS.find(([pattern]) => pattern.test(nginx_t_wrapped_as))?.[1] ?? null;
        const found = certain(configuration(text, context));
        return found.length === 0 ? [] : [{ file, found }];
      });
    expect(wrong).toEqual([]);
  });

  test('the labelled cases are refused as nginx refused them', () => {
    const wrong = rows<Label>('groundtruth/labels.jsonl').flatMap(({ id, file, test: { ok, text } }) => {
      const built = configuration(readFileSync(join(CORPUS, 'groundtruth', file), 'utf8'), null);
      const found = [...certain(built), ...unknownDirectives(built).map(({ name }) => `unknown directive "${name}"`)];
      const said = text.replace(/^.*?\[emerg\] /, '').replaceAll(/:\d{4,5}\b/g, ':1');
      // Hosts and files are the machine's.
      if (/host not found|open\(\)/.test(said)) return [];
      const same = ok
        ? found.length === 0
        : found.some((message) => said.startsWith(message.replaceAll(/:\d{4,5}\b/g, ':1')));
      return same ? [] : [{ id, said, found }];
    });
    expect(wrong).toEqual([]);
  });
});
