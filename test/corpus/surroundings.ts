import { contextOf, isMainFile } from '../../src/fs/context';
import { treeOf } from '../../src/syntax/cache';
import { createSource } from '../../src/text/source';
import { PREAMBLE, nginxTest } from '../live/nginx';

/** Repairs of the surroundings before nginx is taken at its word. */
const MOST = 40;

/**
 * What `nginx -t` says of a configuration or a part of one, once this machine has what it speaks of: hosts are
 * 127.0.0.1, certificates and includes are left out, variables of elsewhere are defined if `variables` says so.
 */
export function judgedHere(text: string, variables: boolean): string {
  let config = withoutFiles(wrapped(text));
  for (let round = 0; round < MOST; round++) {
    const { ok, message } = nginxTest(new Map([['nginx.conf', Buffer.from(config).toString('latin1')]]));
    const mended = ok ? null : mend(config, message, variables);
    if (mended === null || mended === config) return ok ? 'ok' : message;
    config = mended;
  }
  return 'too many repairs';
}

function mend(config: string, message: string, variables: boolean): string | null {
  const host = /^host not found in (?:upstream|resolver) "([^":]+)/.exec(message)?.[1];
  if (host !== undefined) return config.replace(new RegExp(`(?<=[\\s/])${escape(host)}(?=[\\s:/;])`, 'g'), '127.0.0.1');
  const variable = /^unknown "(\w+)" variable/.exec(message)?.[1];
  if (variable !== undefined && variables) return inHttp(config, `map $host $${variable} { default ""; }`);
  return null;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function inHttp(config: string, lines: string): string {
  return config.replace(/^(\s*http\s*\{)/m, (open) => `${open}\n${lines}\n`);
}

/** Without what names files of another machine. */
function withoutFiles(config: string): string {
  const plain = config
    .replace(
      /^\s*(?:include|ssl_certificate|ssl_certificate_key|ssl_trusted_certificate|ssl_dhparam|load_module|user|pid)\s[^;]*;/gm,
      '',
    )
    .replace(/^(\s*listen\s[^;]*?)\sssl\b/gm, '$1');
  return inHttp(plain, PREAMBLE.join('\n'));
}

/** As one configuration that nginx can be asked about: what encloses it is put around it. */
function wrapped(text: string): string {
  const tree = treeOf(createSource('x.conf', text));
  if (isMainFile(tree)) return text.includes('events') ? text : `events {}\n${text}`;
  const context = contextOf(tree, '') ?? ['http', 'server', 'location'];
  const open: Readonly<Record<string, string>> = { location: 'location / {', server: 'server {', http: 'http {' };
  const before = context.map((name) => open[name] ?? `${name} {`).join('\n');
  return `events {}\n${before}\n${text}\n${'}'.repeat(context.length)}\n`;
}
