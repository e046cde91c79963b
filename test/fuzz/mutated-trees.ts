import { listTokens } from '../../src/syntax/tokenize';
import { testCertificate } from '../live/certificate';
import type { Files } from '../live/nginx';
import { PREAMBLE } from '../live/nginx';
import { generateTree } from '../live/generator/generator';
import { createRandom } from '../live/random';
import type { Random } from '../live/random';
import { block, directive, render } from '../live/tree';
import type { Node, Tree } from '../live/tree';

const MOST_CHANGES = 5;

/**
 * A generated tree that was changed in ways which nginx may or may not take. Addresses are those of the generator:
 * `nginx -t` asks no name server, and its files stay below the prefix.
 */
export function mutatedTree(seed: number): Files {
  const random = createRandom(seed);
  let tree = generateTree(seed, 1);
  for (let count = random.int(MOST_CHANGES + 1); count > 0; count--) tree = change(tree, random);
  const untidy = random.chance(0.4);
  const texts = [...render(tree)].map(([name, text]): [string, string] => [name, untidy ? noisy(text, random) : text]);
  const { key, certificate } = testCertificate();
  return new Map([...texts, ['key.pem', key], ['cert.pem', certificate], ['users', 'user:{PLAIN}secret\n']]);
}

function change(tree: Tree, random: Random): Tree {
  const files = new Map(tree.files);
  const path = random.pick([...files.keys()]);
  const file = files.get(path);
  if (file === undefined) return tree;
  return { ...tree, files: files.set(path, { ...file, nodes: changeNodes(file.nodes, random) }) };
}

/** Without these the tree would leave its prefix, or ask for names: they stay. */
function mustStay({ words }: Node): boolean {
  const [name = ''] = words;
  return (
    ['events', 'http', 'upstream', 'listen', 'server_name'].includes(name) || PREAMBLE.includes(`${words.join(' ')};`)
  );
}

/** Changes one place: here, or in one of the blocks. */
function changeNodes(nodes: readonly Node[], random: Random): readonly Node[] {
  const blocks = nodes.filter((node) => node.block !== null && node.words[0] !== 'upstream');
  if (blocks.length > 0 && random.chance(0.75)) {
    const chosen = random.pick(blocks);
    return nodes.map((node) => (node === chosen ? { ...node, block: changeNodes(node.block ?? [], random) } : node));
  }
  return changeHere(nodes, random);
}

function changeHere(nodes: readonly Node[], random: Random): readonly Node[] {
  const at = random.int(nodes.length + 1);
  const chosen = nodes[at];
  if (chosen === undefined || mustStay(chosen) || random.chance(0.4)) {
    return [...nodes.slice(0, at), random.pick(INSERTED)(random), ...nodes.slice(at)];
  }
  const rest = [...nodes.slice(0, at), ...nodes.slice(at + 1)];
  const wrap = (words: readonly string[]): readonly Node[] => [
    ...nodes.slice(0, at),
    block(words, [chosen]),
    ...nodes.slice(at + 1),
  ];
  return random.pick<() => readonly Node[]>([
    () => rest,
    () => [...nodes, chosen],
    () => [chosen, ...rest],
    () => [...rest, chosen],
    () => wrap(['if', '($http_upgrade)']),
    () => wrap(['location', `/w${random.int(99)}`]),
    () => wrap(['limit_except', 'GET']),
    () => nodes.map((node) => (node === chosen ? { ...node, words: quoted(node.words, random) } : node)),
  ])();
}

function quoted(words: readonly string[], random: Random): readonly string[] {
  return words.map((word) => (/^[\w$/.:-]+$/.test(word) && random.chance(0.5) ? `"${word}"` : word));
}

/** What people put in: headers, versions, timeouts, handlers. Nothing that names a host or a file elsewhere. */
const INSERTED: readonly ((random: Random) => Node)[] = [
  (random) => directive('proxy_http_version', random.pick(['1.0', '1.1'])),
  (random) =>
    directive('proxy_set_header', 'Upgrade', random.pick(['$http_upgrade', 'websocket', '""', '$http_upgrde'])),
  (random) =>
    directive(
      'proxy_set_header',
      'Connection',
      random.pick(['upgrade', '""', 'close', '$http_connection', '$connection_upgrade']),
    ),
  (random) =>
    directive(
      'proxy_set_header',
      random.pick(['Host', 'X-Real-IP', 'X-A']),
      random.pick(['$host', '$remote_addr', '""']),
    ),
  (random) => directive('proxy_read_timeout', random.pick(['60s', '10s', '1h', '0'])),
  (random) => directive('proxy_pass', random.pick(['http://up_a', 'http://127.0.0.1:19001', 'http://up-b/x'])),
  (random) => directive('proxy_pass_request_headers', random.pick(['on', 'off'])),
  (random) => directive('return', random.pick(['204', '404'])),
  (random) => directive('set', '$a', random.pick(['upgrade', '""', '$http_upgrade'])),
  (random) => directive('proxy_buffering', random.pick(['on', 'off'])),
  (random) => directive('include', random.pick(['snippets/ws.conf', 'snippets/proxy.conf', 'snippets/times.conf'])),
  (random) =>
    block(
      ['map', '$http_upgrade', '$connection_upgrade'],
      [
        directive('default', random.pick(['upgrade', 'close', '""'])),
        directive("''", random.pick(['close', '""', 'upgrade'])),
      ],
    ),
  (random) =>
    block(
      ['location', random.pick(['/ws', '/socket.io/', '= /ws', '~ ^/ws'])],
      [directive('proxy_pass', 'http://up_a')],
    ),
  (random) =>
    block(
      ['if', '($http_upgrade ~* websocket)'],
      [directive('proxy_pass', random.pick(['http://up_a', 'http://up-b']))],
    ),
  () => directive('# nginx-ws-lint-ignore http-version -- it is meant\nset', '$b', '1'),
];

const GAPS = [' ', '  ', '\n', '\t', '\r\n', '\n\n', ' # ; { } "\n', '\n#\n'] as const;

/** The same words with other white space, and comments wherever one may stand. */
export function noisy(text: string, random: Random): string {
  const tokens = listTokens(text);
  return tokens
    .map(({ kind, start, end }, index) => {
      const free = kind === 'space' && tokens[index - 1]?.kind !== 'comment';
      return free && random.chance(0.15) ? random.pick(GAPS) : text.slice(start, end);
    })
    .join('');
}
