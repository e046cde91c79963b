import { connect } from 'node:net';
import { buildConfiguration } from '../../src/model/build';
import { effectiveSetting } from '../../src/model/effective';
import { parseHost } from '../../src/model/host';
import { addressesAt } from '../../src/model/listens';
import type { Address } from '../../src/model/listens';
import type { RegexMatch } from '../../src/model/regex/regex';
import type { Configuration, Scope } from '../../src/model/scope';
import { serverAt } from '../../src/model/select';
import { selectLocation } from '../../src/model/select-location';
import { parseTarget } from '../../src/model/uri';
import type { NginxVersion } from '../../src/model/version';
import { createSource } from '../../src/text/source';
import { PREAMBLE, nginxVersion, startNginx } from './nginx';
import { freePorts } from './ports';
import { createRandom } from './random';
import { locationWords } from '../../src/model/location-words';
import { locationsWithin } from '../../src/model/routes';
import { NAMED, hostFor, serverBlocks, targetFor } from './selection-generator';

/** One request and what became of it, in nginx and here: equal unless something is wrong. */
export interface Comparison {
  readonly seed: number;
  readonly where: string;
  readonly target: string;
  readonly host: string | null;
  readonly real: string;
  readonly told: string;
}

interface Question {
  readonly ip: string;
  readonly port: number;
  readonly target: string;
  readonly host: string | null;
}

const AT_ONCE = 16;
/** Makes the variables known that generated regexes capture. */
const UNUSED = 'server_name "~^(?<na>x)(?<nb>y)$";';

/** Runs one nginx on a tree of this seed, and asks it and the model the same questions. */
export async function compareSelection(seed: number, requests: number, binary?: string): Promise<Comparison[]> {
  const random = createRandom(seed);
  const [unused = 0, ...ports] = await freePorts(4);
  const blocks = serverBlocks(random, ports);
  const text = `events { worker_connections 256; }\nhttp { ${PREAMBLE.join(' ')} absolute_redirect off;
    server_names_hash_bucket_size 128; root none;\n${blocks}\nserver { listen 127.0.0.1:${unused}; ${UNUSED} }\n}\n`;
  const configuration = configurationOf(text);
  const names = [...locationsWithin(configuration)].map((location) => locationWords(location).pattern);
  const questions = Array.from({ length: requests }, (): Question => ({
    ip: random.pick(['127.0.0.1', '127.0.0.2', '127.0.0.3']),
    port: random.pick(ports),
    target: targetFor(random, names),
    host: hostFor(random),
  }));
  const nginx = await startNginx(new Map([['nginx.conf', text]]), ...(binary === undefined ? [] : [binary]));
  try {
    const version = nginxVersion(binary);
    const answers = await askAll(questions);
    return questions.map((question, index) => ({
      seed,
      where: `${question.ip}:${question.port}`,
      target: question.target,
      host: question.host,
      real: answers[index] ?? '',
      told: tell(configuration, question, version),
    }));
  } finally {
    await nginx.stop();
  }
}

function configurationOf(text: string): Configuration {
  const files = new Map([['nginx.conf', createSource('nginx.conf', text, 'latin1')]]);
  const workspace = { main: 'nginx.conf', fragments: [], prefix: '', live: false, files, includes: new Map() };
  return buildConfiguration({ ...workspace, given: new Set(), notes: [], problems: [] });
}

/** What the model says, in the words that the generated servers answer with. */
function tell(configuration: Configuration, question: Question, version: NginxVersion): string {
  const addresses = addressesAt(configuration, question.port);
  const address =
    addresses.find((each) => each.address === question.ip) ??
    addresses.find(({ family, wildcard }) => wildcard && family === 'inet');
  if (address === undefined) return 'no connection';
  const target = parseTarget(question.target, mergesSlashes(address.default.server));
  const authority = target?.authority ?? question.host;
  const host = parseHost(authority ?? 'none', version);
  const own = question.host === null ? null : parseHost(question.host, version);
  if (target === null || host === null || own === null) return '400';
  return answerOf(address, host.name, target.uri, target.args);
}

function answerOf(address: Address, host: string, uri: string, args: string): string {
  const { server, match, unknown } = serverAt(address, host);
  if (unknown !== null) return `unknown: ${unknown}`;
  const choice = selectLocation(server, uri);
  if (choice.unknown !== null) return `unknown: ${choice.unknown}`;
  const id = idOf(server, 'X-Server');
  if (choice.location === null) return `404 ${id}`;
  if (choice.autoRedirect) return `301 ${id} ${uri}/${args === '' ? '' : `?${args}`}`;
  const matches = match === null ? choice.matches : [match, ...choice.matches];
  return `200 ${id} ${idOf(choice.location, 'X-Location')} ${uri}?${args} ${host} ${captured(matches)}`;
}

function captured(matches: readonly RegexMatch[]): string {
  const groups = matches.at(-1)?.groups ?? [];
  const names = new Map(matches.flatMap((match) => [...match.names]));
  return [groups[1], groups[2], ...NAMED.map((name) => names.get(name))].map((text) => `<${text ?? ''}>`).join('');
}

function mergesSlashes(server: Scope): boolean {
  return effectiveSetting(server, 'merge_slashes')?.directive.args[0] !== 'off';
}

function idOf(scope: Scope, name: string): string {
  return (
    scope.own('set').find(({ directive }) => directive.args[0] === `$${name.slice(2).toLowerCase()}`)?.directive
      .args[1] ?? ''
  );
}

async function askAll(questions: readonly Question[]): Promise<string[]> {
  const answers: string[] = [];
  for (let at = 0; at < questions.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(questions.slice(at, at + AT_ONCE).map(ask))));
  }
  return answers;
}

/** One request on a connection of its own. */
function ask({ ip, port, target, host }: Question): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, ip);
    socket.setEncoding('latin1').setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk: string) => (text += chunk));
    socket.once('error', () => resolve('no connection'));
    socket.once('close', () => resolve(readAnswer(text)));
    socket.write(
      `GET ${target} HTTP/1.1\r\n${host === null ? '' : `Host: ${host}\r\n`}Connection: close\r\n\r\n`,
      'latin1',
    );
  });
}

function readAnswer(text: string): string {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const status = head.split(' ')[1] ?? '';
  const header = (name: string): string => new RegExp(`^${name}: (.*?)\r?$`, 'm').exec(head)?.[1] ?? '';
  if (status === '200') return `200 ${header('X-Server')} ${body.join('\r\n\r\n')}`;
  if (status === '301') return `301 ${header('X-Server')} ${unescaped(header('Location'))}`;
  return status === '404' ? `404 ${header('X-Server')}` : status;
}

/** A Location with its path unescaped, byte by byte. */
function unescaped(location: string): string {
  const [path = '', ...args] = location.split('?');
  const bytes = path.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return [bytes, ...args].join('?');
}
