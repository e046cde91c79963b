import { DIRECTIVES } from '../../src/model/data/directives';
import { allowedIn, directiveSpec, inVersion, isModuleDirective, takes } from '../../src/model/directives';
import type { Context, DirectiveForm } from '../../src/model/directives';
import { describeLive } from './nginx';
import { nginxBinaries, verdicts } from './verdict';
import type { NginxBinary } from './verdict';

/** Where the directive under test goes in a configuration of one such block. */
const FRAMES: Readonly<Record<Context, string>> = {
  main: '@ events {}',
  events: 'events { @ }',
  http: 'events {} http { @ }',
  server: 'events {} http { server { @ } }',
  location: 'events {} http { server { location / { @ } } }',
  'if in server': 'events {} http { server { if ($a) { @ } } }',
  'if in location': 'events {} http { server { location / { if ($a) { @ } } } }',
  limit_except: 'events {} http { server { location / { limit_except GET { @ } } } }',
  upstream: 'events {} http { upstream u { @ } }',
  stream: 'events {} stream { @ }',
  'stream server': 'events {} stream { server { @ } }',
  'stream upstream': 'events {} stream { upstream u { @ } }',
  mail: 'events {} mail { @ }',
  'mail server': 'events {} mail { server { @ } }',
};
const CONTEXTS = Object.keys(FRAMES) as Context[];
/** Everything takes 10 s a binary; by default every eighth pair is tried. */
const STEP = process.env['ALL_DIRECTIVES'] === '1' ? 1 : 8;

interface Case {
  readonly name: string;
  readonly context: Context;
  readonly text: string;
  readonly expected: string;
}

const NAMES = [
  ...new Set(
    DIRECTIVES.split('\n')
      .filter((line) => !/^@|^$/.test(line))
      .map((line) => line.split(' ')[0] ?? ''),
  ),
];

/** Modules that share names with another that may be there without them. */
const OWN_FLAG = /_(?:ssl|ssl_preread|realip|geoip)_module$/;

/** A wrong count of arguments shows whether nginx takes the directive there, before it looks at any value. */
function caseFor(name: string, context: Context, { version, built }: NginxBinary): Case | null {
  const forms = (directiveSpec(name)?.forms ?? []).filter((form) => inVersion(form, version));
  if (forms.length === 0 && isModuleDirective(name)) return null;
  const here = forms.find((form) => allowedIn(form, context));
  if (here !== undefined && OWN_FLAG.test(here.module) && !built.includes(here.module.replace('ngx_', '--with-')))
    return null;
  const count = [0, 1, 2, 9].find((candidate) => here === undefined || !takes(here, candidate));
  if (count === undefined) return null;
  const words = [name, ...Array.from({ length: count }, () => 'x')].join(' ');
  const text = FRAMES[context].replace('@', () => words + (here?.block === true ? ' {}' : ';'));
  return { name, context, text, expected: expectation(name, forms, here) };
}

function expectation(name: string, forms: readonly DirectiveForm[], here: DirectiveForm | undefined): string {
  if (forms.length === 0) return `unknown directive "${name}"`;
  if (here === undefined) return `"${name}" directive is not allowed here`;
  return `invalid number of arguments in "${name}" directive`;
}

/** What this build lacks is unknown to it: those directives, and blocks around them, say nothing about the table. */
async function notLacking(binary: NginxBinary): Promise<(name: string, context: Context) => boolean> {
  const lacking = new Set<string>();
  const said = await verdicts(
    binary,
    NAMES.map((name) => `${name}; events {}`),
  );
  said.forEach(({ message }, index) => {
    const name = NAMES[index] ?? '';
    const forms = directiveSpec(name)?.forms ?? [];
    if (message.startsWith('unknown directive') && forms.some((form) => inVersion(form, binary.version)))
      lacking.add(name);
  });
  return (name, context) => !lacking.has(name) && !lacking.has(context.split(' ')[0] ?? '');
}

describeLive('the directive table against nginx -t', () => {
  for (const binary of nginxBinaries()) {
    test(`contexts and counts of arguments as ${binary.path} takes them`, async () => {
      const has = await notLacking(binary);
      const cases = NAMES.flatMap((name) => CONTEXTS.map((context) => ({ name, context })))
        .filter(({ name, context }, index) => index % STEP === 0 && has(name, context))
        .map(({ name, context }) => caseFor(name, context, binary))
        .filter((one) => one !== null);
      const said = await verdicts(
        binary,
        cases.map(({ text }) => text),
      );
      const wrong = cases.flatMap(({ text, expected }, index) =>
        said[index]?.message === expected ? [] : [{ text, expected, said: said[index]?.message }],
      );
      expect(wrong).toEqual([]);
      expect(cases.length).toBeGreaterThan(600);
    }, 60_000);
  }
});
