import type { ClientRequest } from '../../src/handshake/types';
import type { Workspace } from '../../src/model/workspace';
import { workspaceOf } from '../helpers/workspace';
import type { Files } from './nginx';

/** A directive of a generated configuration: words as they stand in the file, quotes and escapes included. */
export interface Node {
  readonly words: readonly string[];
  readonly block: readonly Node[] | null;
}

export interface TreeFile {
  readonly nodes: readonly Node[];
  readonly style: Style;
}

export interface Style {
  readonly indent: string;
  readonly eol: string;
  /** Blocks of one or two plain directives stand on one line. */
  readonly compact: boolean;
  readonly comments: boolean;
}

/** A configuration and the requests to ask it. Ports and sockets are virtual ones: see `Places`. */
export interface Tree {
  readonly name: string;
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly requests: readonly ClientRequest[];
}

export function directive(...words: readonly string[]): Node {
  return { words, block: null };
}

export function block(words: readonly string[], nodes: readonly Node[]): Node {
  return { words, block: nodes };
}

/** The ports written in generated trees: 18001.. are nginx's, 19001.. the backend's. */
export const LISTEN_PORTS = [18001, 18002, 18003] as const;
export const TLS_PORT = 18009;
export const BACKEND_PORTS = [19001, 19002] as const;
export const BACKEND_SOCKET = '/tmp/nwl-backend.sock';

/** What stands for the virtual ports while a tree runs: real ports, also of five digits, so that lengths stay. */
export interface Places {
  readonly ports: ReadonlyMap<number, number>;
  readonly socket: string;
}

export function toReal(text: string, places: Places): string {
  return text
    .replace(/(?<!\d)1[89]00\d(?!\d)/g, (port) => String(places.ports.get(Number(port)) ?? port))
    .replaceAll(BACKEND_SOCKET, places.socket);
}

export function toVirtual(text: string, places: Places): string {
  const virtual = new Map([...places.ports].map(([from, to]) => [String(to), String(from)]));
  return text
    .replace(/(?<!\d)\d{5}(?!\d)/g, (port) => virtual.get(port) ?? port)
    .replaceAll(places.socket, BACKEND_SOCKET);
}

export function realRequest(request: ClientRequest, places: Places): ClientRequest {
  return {
    ...request,
    port: places.ports.get(request.port) ?? request.port,
    headers: request.headers.map(([name, value]) => [name, toReal(value, places)]),
  };
}

/** The tree's text, path by path. */
export function render(tree: Tree): Files {
  return new Map([...tree.files].map(([path, { nodes, style }]) => [path, renderNodes(nodes, style, '')]));
}

function renderNodes(nodes: readonly Node[], style: Style, indent: string): string {
  return nodes.map((node) => renderNode(node, style, indent)).join('');
}

function renderNode(node: Node, style: Style, indent: string): string {
  const head = indent + node.words.join(' ');
  const note = style.comments && node.words.length === 3 ? ` # as in "${node.words[0]}; {` : '';
  if (node.block === null) return `${head};${note}${style.eol}`;
  const plain = node.block.every(({ block: inner }) => inner === null);
  if (style.compact && plain && node.block.length < 3) {
    return `${head} { ${node.block.map(({ words }) => `${words.join(' ')};`).join(' ')} }${style.eol}`;
  }
  return `${head} {${style.eol}${renderNodes(node.block, style, indent + style.indent)}${indent}}${style.eol}`;
}

/** What the tool would have read: the configuration files, and what each include names. */
export function workspaceFor(files: Files): Workspace {
  return workspaceOf(Object.fromEntries([...files].filter(([path]) => path.endsWith('.conf'))));
}
