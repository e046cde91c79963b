import { parse } from '../../src/syntax/parse';
import type { Directive } from '../../src/syntax/nodes';
import { createSource } from '../../src/text/source';
import type { Random } from '../live/random';

const NAME = /^[a-z0-9.-]+$/i;

/** What makes copies of one server unlike each other, now and then. */
const MUDDLES: readonly ((text: string) => string)[] = [
  (text) => `# one line more\n\n${text}`,
  (text) => text.replace(/server_name [^;]*;/, 'server_name same.example.org;'),
  (text) => text.replace(/server_name ([^;]*);/, 'server_name $1 *.$1.example.org;'),
  (text) => text.replace(/server_name ([^;]*);/, 'server_name .$1;'),
  (text) => text.replace(/server_name [^;]*;/, ''),
  (text) => text.replace('{', '{ keepalive_timeout 5s;'),
  (text) => text.replace('{', '{ if ($host = n0.s0.app3.example.org) { return 301 https://n0.s0.app3.example.org/; }'),
  (text) => text.replace(/(location [^{]*\{)/, '$1\n# nginx-ws-lint: not-websocket\n'),
  (text) => text.replace(/\n/g, '\r\n'),
  (text) => text.replace(/ +/g, '\t'),
  (text) => `${text}\nupstream u${text.length} { server 127.0.0.1:9; }\n`,
];

/**
 * A configuration in which every server block has become `copies` files, which differ in server names, and here and there
 * in a comment or a path. Null: there is no server to take out.
 */
export function multiplied(text: string, copies: number, random?: Random): Record<string, string> | null {
  const http = parse(createSource('', text)).directives.find(({ name }) => name === 'http');
  const servers = (http?.block?.directives ?? []).filter(({ name, block }) => name === 'server' && block !== null);
  if (servers.length === 0) return null;
  const files: Record<string, string> = {};
  let main = text;
  for (const [index, server] of [...servers.entries()].reverse()) {
    main = main.slice(0, server.start) + main.slice(server.end);
    for (let copy = 0; copy < copies; copy += 1) {
      files[`sites/${String(copy).padStart(2, '0')}-${index}.conf`] = muddled(
        copyOf(text, server, index, copy),
        random,
      );
    }
  }
  const at = servers[0]?.start ?? 0;
  return { ...files, 'nginx.conf': `${main.slice(0, at)}include sites/*.conf;\n${main.slice(at)}` };
}

function muddled(text: string, random: Random | undefined): string {
  return random?.chance(0.2) === true ? random.pick(MUDDLES)(text) : text;
}

function copyOf(text: string, server: Directive, index: number, copy: number): string {
  const block = server.block?.directives ?? [];
  const named = block.filter(({ name, args }) => name === 'server_name' && args.every((word) => NAME.test(word)));
  const open = (server.block?.open ?? 0) + 1;
  let made = text.slice(server.start, server.end);
  for (const { start, end, args } of [...named].reverse()) {
    const names = args.map((_, at) => `n${at}.s${index}.app${copy}.example.org`);
    made = `${made.slice(0, start - server.start)}server_name ${names.join(' ')};${made.slice(end - server.start)}`;
  }
  const own = named.length > 0 ? '' : ` server_name s${index}.app${copy}.example.org;`;
  made = made.replaceAll('proxy_pass http://127.0.0.1:3000;', `proxy_pass http://127.0.0.1:${30000 + copy};`);
  const comment = copy % 3 === 0 ? `# the ${copy}th\n` : '# one more\n';
  const head = `${made.slice(0, open - server.start)}${own} root /srv/www/${index}/${copy};`;
  return `${comment}${head}\n\n${made.slice(open - server.start)}\n`;
}
