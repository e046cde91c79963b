import type { Directive } from '../../syntax/nodes';
import type { Body } from '../body';

/** Directives that a new one is written behind, nearest kin first. A name ending in `*` stands for a family. */
const KIN: Readonly<Record<string, readonly string[]>> = {
  proxy_http_version: ['proxy_pass', 'proxy_*'],
  proxy_set_header: ['proxy_http_version', 'proxy_pass', 'proxy_*'],
  add_header: ['proxy_*'],
};

/** The sibling that a new directive of this name goes behind; null: the body's end, or its top for an empty one. */
export function anchorFor(body: Body, name: string): Directive | null {
  const known = anchors.get(body.directives) ?? new Map<string, Directive | null>();
  anchors.set(body.directives, known);
  let anchor = known.get(name);
  if (anchor === undefined) known.set(name, (anchor = findAnchor(body, name)));
  return anchor;
}

/** Thousands of findings may want a line in one block of thousands. */
const anchors = new WeakMap<readonly Directive[], Map<string, Directive | null>>();

function findAnchor(body: Body, name: string): Directive | null {
  const kin = KIN[name] ?? defaultKin(name);
  for (const pattern of [name, ...kin]) {
    const found = lastOf(body, pattern);
    if (found !== null) return found;
  }
  return lastBeforeBlocks(body);
}

function defaultKin(name: string): readonly string[] {
  const family = name.slice(0, name.indexOf('_') + 1);
  const timeouts = name.endsWith('_timeout')
    ? [`${family}read_timeout`, `${family}send_timeout`, `${family}connect_timeout`]
    : [];
  return family === ''
    ? []
    : [...timeouts, `${family}set_header`, `${family}http_version`, `${family}pass`, `${family}*`];
}

function lastOf(body: Body, pattern: string): Directive | null {
  const matches = pattern.endsWith('*')
    ? (name: string): boolean => name.startsWith(pattern.slice(0, -1))
    : (name: string): boolean => name === pattern;
  return body.directives.findLast((one) => one.block === null && matches(one.name)) ?? null;
}

/** Settings stand before the blocks of a server; when there are none, behind whatever is there. */
function lastBeforeBlocks(body: Body): Directive | null {
  const firstBlock = body.directives.findIndex((one) => one.block !== null);
  if (firstBlock < 0) return body.directives.at(-1) ?? null;
  return body.directives.slice(0, firstBlock).at(-1) ?? body.directives.at(-1) ?? null;
}
