import type { ClientRequest } from '../../src/handshake/types';
import type { Node, Tree, TreeFile } from './tree';

/**
 * Takes directives (then headers of the request) away as long as `fails` still holds: what is left is what the
 * disagreement needs. Blocks go before what is in them.
 */
export async function shrink(tree: Tree, fails: (tree: Tree) => Promise<boolean>): Promise<Tree> {
  let best = tree;
  for (let before = -1; before !== sizeOf(best);) {
    before = sizeOf(best);
    best = await shrinkRequests(await shrinkFiles(best, fails), fails);
  }
  return best;
}

async function shrinkFiles(tree: Tree, fails: (tree: Tree) => Promise<boolean>): Promise<Tree> {
  let best = tree;
  for (const path of tree.files.keys()) {
    for (let index = 0; ;) {
      const smaller = withoutNode(best, path, index);
      if (smaller === null) break;
      if (await fails(smaller)) best = smaller;
      else index++;
    }
  }
  return best;
}

/** The tree without the node of this number, counted depth first; null beyond the last. */
function withoutNode(tree: Tree, path: string, index: number): Tree | null {
  const file = tree.files.get(path);
  if (file === undefined) return null;
  let left = index;
  const remove = (nodes: readonly Node[]): readonly Node[] =>
    nodes.flatMap((node) => {
      if (left-- === 0) return [];
      return node.block === null ? [node] : [{ ...node, block: remove(node.block) }];
    });
  const nodes = remove(file.nodes);
  return left >= 0 ? null : { ...tree, files: new Map(tree.files).set(path, { ...file, nodes }) };
}

async function shrinkRequests(tree: Tree, fails: (tree: Tree) => Promise<boolean>): Promise<Tree> {
  let best = tree;
  for (const request of tree.requests.length > 1 ? tree.requests : []) {
    const alone = { ...tree, requests: [request] };
    if (await fails(alone)) {
      best = alone;
      break;
    }
  }
  for (const smaller of best.requests.flatMap((request) => withoutHeaders(request))) {
    const candidate = { ...best, requests: [smaller] };
    if (best.requests.length === 1 && headersOf(smaller) < headersOf(best.requests[0]) && (await fails(candidate))) {
      return shrinkRequests(candidate, fails);
    }
  }
  return best;
}

function withoutHeaders(request: ClientRequest): ClientRequest[] {
  return request.headers
    .map((_, index) => ({ ...request, headers: request.headers.filter((__, each) => each !== index) }))
    .filter(({ headers }) => headers.some(([name]) => name === 'Host'));
}

function headersOf(request: ClientRequest | undefined): number {
  return request?.headers.length ?? 0;
}

function sizeOf(tree: Tree): number {
  const count = (nodes: readonly Node[]): number => nodes.reduce((sum, node) => sum + 1 + count(node.block ?? []), 0);
  const files = [...tree.files.values()].reduce((sum, file: TreeFile) => sum + count(file.nodes), 0);
  return files + tree.requests.reduce((sum, request) => sum + 1 + request.headers.length, 0);
}
