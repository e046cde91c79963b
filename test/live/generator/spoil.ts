import type { Random } from '../random';
import { block, directive } from '../tree';
import type { Node, TreeFile } from '../tree';

type Files = Map<string, TreeFile>;

/** Changes one thing so that nginx refuses the tree (mostly: some changes may do no harm where they land). */
export function spoil(files: Files, random: Random): Files {
  const [inside, made] = random.pick<readonly [string, () => Node]>([
    ['server', () => block(['map', '$uri', '$misplaced'], [directive('default', '1')])],
    ['location', () => directive('proxy_set_header', 'X-Undefined', '$no_such_variable')],
    ['location', () => directive('proxy_http_version', random.pick(['1.2', '3', 'HTTP/1.1', '""']))],
    ['location', () => directive('proxy_set_header', 'Upgrade')],
    ['location', () => directive('proxy_set_header', 'Connection', 'keep-alive,', 'Upgrade')],
    ['location', () => directive('proxy_set_headers', 'Upgrade', '$http_upgrade')],
    ['location', () => directive('proxy_pass', 'ws://127.0.0.1:19001')],
    ['location', () => directive('proxy_pass', '127.0.0.1:19001')],
    ['location', () => directive('proxy_read_timeout', random.pick(['never', '-1', '1y', '1.5h']))],
    ['location', () => block(['if', '($http_upgrade)'], [directive('proxy_set_header', 'Upgrade', 'x')])],
    ['location', () => block(['if', '($http_upgrade)'], [directive('proxy_pass', 'http://127.0.0.1:19001/uri')])],
    ['location', () => directive('return', '200', 'a', 'b')],
    ['server', () => directive('listen', '127.0.0.1:18001', 'bogus')],
    ['server', () => directive('proxy_pass', 'http://127.0.0.1:19001')],
    ['server', () => block(['location', '~', '"("'], [])],
    ['server', () => block(['location', '@n'], [directive('proxy_pass', 'http://127.0.0.1:19001/x')])],
    ['server', () => block(['location', '/twice'], [])],
    ['http', () => directive('include', 'not-there.conf')],
    ['http', () => block(['upstream', 'up_a'], [directive('server', '127.0.0.1:19001')])],
    ['http', () => directive('proxy_set_header', 'A', '"b"c')],
    ['server', () => directive('merge_slashes', 'maybe')],
  ]);
  let times = inside === 'server' && random.chance(0.5) ? 2 : 1;
  return new Map(
    [...files].map(([path, file]) => {
      const nodes = insert(file.nodes, inside, () => (times-- > 0 ? [made()] : []));
      return [path, { ...file, nodes }];
    }),
  );
}

function insert(nodes: readonly Node[], inside: string, made: () => Node[]): Node[] {
  return nodes.map((node) => {
    if (node.block === null) return node;
    const extra = node.words[0] === inside ? made() : [];
    return { ...node, block: [...insert(node.block, inside, made), ...extra] };
  });
}
