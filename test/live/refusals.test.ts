import { buildConfiguration } from '../../src/model/build';
import { directiveSpec } from '../../src/model/directives';
import { unknownDirectives } from '../../src/model/unknown-directives';
import { refusals } from '../../src/model/validate';
import type { Setting } from '../../src/model/scope';
import type { NginxVersion } from '../../src/model/version';
import { treeOf } from '../../src/syntax/cache';
import { createSource, positionAt } from '../../src/text/source';
import { workspaceOf } from '../helpers/workspace';
import { describeLive } from './nginx';
import { createRandom } from './random';
import { configurationWith, everyStatement, randomInsertions } from './statements';
import { nginxBinaries, verdicts } from './verdict';
import type { NginxBinary, TextVerdict } from './verdict';

const SEED = Number(process.env['SEED'] ?? '20261120');
const RANDOM_CASES = Number(process.env['CASES'] ?? '500');

/** What only the machine, its OpenSSL, PCRE or the hash sizes decide. */
const OF_THE_MACHINE =
  /host not found|cannot load|open\(\)|pcre2?_compile|BIO_new|mkdir|could not build|is not supported|bind\(\)|conflicts with already|getpwnam|SSL_CTX|"aio threads" is unsupported|requires ngx_|no resolver|not enough/;

interface Expected {
  /** Noticed while reading, in order. */
  readonly reading: readonly { readonly message: string; readonly line: number }[];
  readonly late: readonly string[];
}

/** The line that nginx names: where its reader stands when it has the whole directive. */
function lineOf({ directive, tree }: Setting): number {
  return positionAt(tree.source, directive.block === null ? directive.end - 1 : directive.block.open).line;
}

function expectation(text: string, version: NginxVersion): Expected {
  const configuration = buildConfiguration(workspaceOf({ 'nginx.conf': text }));
  const found = [...refusals(configuration, version)];
  const reading = found.filter(({ late }) => !late).map(({ message, setting }) => ({ message, setting }));
  for (const { setting, name } of unknownDirectives(configuration)) {
    reading.push({ message: `unknown directive "${name}"`, setting });
  }
  reading.sort((a, b) => a.setting.directive.start - b.setting.directive.start);
  return {
    reading: reading.map(({ message, setting }) => ({ message, line: lineOf(setting) })),
    late: found.filter(({ late }) => late).map(({ message }) => message),
  };
}

/** What is wrong with our judgement of this text; null when nginx says the same. */
function difference(text: string, said: TextVerdict, version: NginxVersion): string | null {
  if (!said.ok && (OF_THE_MACHINE.test(said.message) || isOfOptionalModule(said.message))) return null;
  if (treeOf(createSource('', text)).faults.length > 0) return null;
  const { reading, late } = expectation(text, version);
  const ours = JSON.stringify({ reading, late });
  if (said.ok) return reading.length + late.length === 0 ? null : `nginx accepts; we: ${ours}`;
  // At the end of http, before nginx comes to stream, or at the end of all.
  const atTheEnd = late.some((message) => said.message.startsWith(message));
  const streamAt = text.split('\n').indexOf('stream {') + 1;
  if (atTheEnd && reading.every(({ line }) => streamAt > 0 && line > streamAt)) return null;
  const [first] = reading;
  // A block is checked as a whole at its end, which the order by first lines does not show.
  const same = reading.find(({ message }) => message === said.message);
  if (same === undefined) return `nginx: ${said.message}; we: ${ours}`;
  if (same !== first && !AT_THE_END.test(same.message)) return `nginx first: ${said.message}; we: ${ours}`;
  return same.line === said.line || AT_THE_END.test(same.message) ? null : `nginx: line ${said.line}; we: ${ours}`;
}

const AT_THE_END = /no servers are inside/;

/** Unknown to a build without the module; that it may not stand there is true of the others. */
function isOfOptionalModule(message: string): boolean {
  const name = /^unknown directive "(.*)"$/.exec(message)?.[1] ?? '';
  return directiveSpec(name)?.forms.every(({ optional }) => optional) ?? false;
}

/** Statements whose modules this build does not have. */
function judged(binary: NginxBinary, text: string): boolean {
  const needs: readonly (readonly [RegExp, RegExp])[] = [
    [/auth_request/, /http_auth_request_module/],
    [/\bssl|https:|http2/, /http_ssl_module/],
    [/sub_filter/, /http_sub_module/],
    [/ssl_preread/, /stream_ssl_preread_module/],
    [/secure_link/, /http_secure_link_module/],
    [/aio threads/, /--with-threads/],
    [/real_ip/, /http_realip_module/],
    [/\bdav_/, /http_dav_module/],
    [/addition_|add_(?:before|after)_body/, /http_addition_module/],
    [/stub_status/, /http_stub_status_module/],
    [/perl/, /no_such_module/],
  ];
  return needs.every(([text_, flag]) => !text_.test(text) || flag.test(binary.built));
}

async function disagreements(binary: NginxBinary, texts: readonly string[]): Promise<readonly string[]> {
  const said = await verdicts(binary, texts);
  return texts.flatMap((text, index) => {
    const wrong = difference(text, said[index] ?? { ok: true, message: '', line: null }, binary.version);
    return wrong === null ? [] : [`${wrong}\n${text}`];
  });
}

describeLive('refusals against nginx -t', () => {
  for (const binary of nginxBinaries()) {
    const stream = binary.built.includes('--with-stream ') || /--with-stream(?:$|\s)/.test(binary.built);

    test(`each statement alone, ${binary.path}`, async () => {
      const texts = everyStatement()
        .filter(({ place }) => stream || !place.startsWith('stream'))
        .map((insertion) => configurationWith([insertion], stream))
        .filter((text) => judged(binary, text));
      expect(await disagreements(binary, texts)).toEqual([]);
    }, 60_000);

    test(`${RANDOM_CASES} generated configurations of seed ${SEED}, ${binary.path}`, async () => {
      const random = createRandom(SEED);
      const texts = Array.from({ length: RANDOM_CASES }, () => randomInsertions(random, binary.version))
        .filter((insertions) => stream || insertions.every(({ place }) => !place.startsWith('stream')))
        .map((insertions) => configurationWith(insertions, stream))
        .filter((text) => judged(binary, text));
      expect(await disagreements(binary, texts)).toEqual([]);
      expect(texts.length).toBeGreaterThan(RANDOM_CASES / 2);
    }, 120_000);
  }
});
