import { chrome, firefox, plainGet, plainPost } from '../../src/handshake/clients';
import type { ClientRequest } from '../../src/handshake/types';
import type { NginxVersion } from '../../src/model/version';
import { fixed, judgeFix, type FixReport } from './fixing';
import { generateTree } from './generator/generator';
import { describeLive, nginxVersion, PREAMBLE, type Files } from './nginx';
import { openBench, type Bench, type Observed } from './observe';
import { workspaceFor } from './tree';

const AT = { scheme: 'http', host: 'app.test', port: 18001, target: '/ws/chat?room=1' } as const;
/** What clients have besides: a session, and a password (of the bench's file `users`). */
const OWN = [
  ['Cookie', 'session=1'],
  ['Authorization', 'Basic dXNlcjpzZWNyZXQ='],
] as const;
const TO = { ...AT, forwarded: OWN };
const REQUESTS: readonly ClientRequest[] = [chrome(TO), firefox(TO), plainGet(TO), plainPost(TO)];

const WORKING = `proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";`;

/** A server whose /ws holds these lines; `http` and `server` go before it. */
function tree(location: string, server = '', http = '', files: Readonly<Record<string, string>> = {}): Files {
  const main = `events {}
http {
    ${PREAMBLE.join('\n    ')}
    ${http}
    server {
        listen 127.0.0.1:18001;
        server_name app.test;
        ${server}
        location /ws {
            proxy_pass http://127.0.0.1:19001;
            ${location}
        }
    }
}
`;
  return new Map([['nginx.conf', main], ...Object.entries(files)]);
}

/** The faults everybody meets, and those that naive fixers make worse. */
const FAULTS: readonly (readonly [string, Files])[] = [
  ['nothing but proxy_pass', tree('')],
  [
    'Upgrade and Connection, but HTTP/1.0',
    tree('proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_http_version 1.0;'),
  ],
  ['no Connection', tree('proxy_http_version 1.1;\n            proxy_set_header Upgrade $http_upgrade;')],
  ['Connection close', tree(WORKING.replace('"upgrade"', 'close'))],
  [
    'a wrong map',
    tree(
      WORKING.replace('"upgrade"', '$connection_upgrade'),
      '',
      "map $http_upgrade $connection_upgrade { default close; '' upgrade; }",
    ),
  ],
  ['a map of nothing', tree(WORKING.replace('"upgrade"', '$connection_upgrade'))],
  ['a misspelt variable', tree(WORKING.replace('$http_upgrade', '$http_upgrde'))],
  ['an escaped dollar', tree(WORKING.replace('$http_upgrade', '\\$http_upgrade'))],
  ['headers of the server dropped by one of the location', tree('proxy_set_header Host $host;', WORKING)],
  [
    'inherited headers that a first own one would drop',
    tree('', 'proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; proxy_http_version 1.1;'),
  ],
  [
    'inherited headers of an included file',
    tree('', 'include proxy.conf;', '', { 'proxy.conf': 'proxy_set_header Host $host;\nproxy_set_header X-A b;\n' }),
  ],
  ['behind a password', tree('proxy_http_version 1.1;', 'auth_basic staff; auth_basic_user_file users;')],
  ['for those with a session', tree('if ($cookie_session = "") { return 403; }')],
  ['an if that holds the pass', tree('if ($http_upgrade) { proxy_pass http://127.0.0.1:19002; }')],
  [
    'a snippet that a plain location shares',
    tree('include snip.conf;', 'location /api { include snip.conf; proxy_pass http://127.0.0.1:19001; }', '', {
      'snip.conf':
        'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "";\n',
    }),
  ],
];

/** The answer is the backend's own affair where a plain request carried an Upgrade, which fixing takes away. */
function plainOf({ status, received }: Observed, spoilt: boolean): unknown {
  const lines = received.map(({ method, uri, headers }) => [
    method,
    uri,
    ...headers.filter(([name]) => !/^(connection|upgrade)$/i.test(name)),
  ]);
  const judged = spoilt ? null : status;
  return [judged, lines];
}

function carriesUpgrade({ received }: Observed): boolean {
  return received.some(({ headers }) => headers.some(([name]) => name.toLowerCase() === 'upgrade'));
}

describeLive('fixes, before and after in a real nginx', () => {
  let bench: Bench;
  let version: NginxVersion;

  beforeAll(async () => {
    version = nginxVersion();
    bench = await openBench();
  });
  afterAll(() => bench.close());

  test.each(FAULTS)('%s: fails before, switches after, plain requests are what they were', async (_, files) => {
    const before = await bench.run(files, REQUESTS);
    const { workspace } = fixed(workspaceFor(files), version);
    const after = await bench.run(new Map([...workspace.files].map(([path, { text }]) => [path, text])), REQUESTS);
    const switched = (run: typeof before): unknown =>
      'answers' in run && run.answers.slice(0, 2).map((one) => one.switched);
    const spoilt = 'answers' in before && before.answers.slice(2).some(carriesUpgrade);
    const plain = (run: typeof before): unknown =>
      'answers' in run && run.answers.slice(2).map((one) => plainOf(one, spoilt));
    expect(switched(before)).not.toEqual([true, true]);
    expect(switched(after)).toEqual([true, true]);
    if ('answers' in before) expect(plain(after)).toEqual(plain(before));
    expect(fixed(workspace, version).changes).toEqual([]);
  });
});

/** Every run fixes these; scripts/fix-trees.mjs goes through fresh ones. */
const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);

describeLive('fixes of generated trees', () => {
  const reports: FixReport[] = [];

  beforeAll(async () => {
    const version = nginxVersion();
    const benches = await Promise.all([openBench(), openBench()]);
    const seeds = [...SEEDS];
    const work = async (bench: Bench): Promise<void> => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        reports.push(await judgeFix(bench, generateTree(seed), version));
      }
    };
    try {
      await Promise.all(benches.map(work));
    } finally {
      await Promise.all(benches.map((bench) => bench.close()));
    }
  }, 120_000);

  test('nginx accepts them, what switched still does, plain requests are what they were, a second fix is none', () => {
    const broken = reports.filter(({ lines }) => lines.length > 0);
    expect(broken.map(({ tree: { name }, lines }) => [name, ...lines])).toEqual([]);
  });

  test('less than two fixes in a hundred are discarded', () => {
    const sum = (count: (report: FixReport) => number): number => reports.reduce((total, one) => total + count(one), 0);
    const applied = sum((report) => report.applied);
    expect(applied).toBeGreaterThan(500);
    expect(sum((report) => report.discarded) / applied).toBeLessThan(0.02);
  });

  test('handshakes that their version or headers made fail switch, or a discarded fix says why: all but 2 %', () => {
    const sum = (count: (report: FixReport) => number): number => reports.reduce((total, one) => total + count(one), 0);
    const broken = sum((report) => report.broken);
    expect(broken).toBeGreaterThan(200);
    expect(sum((report) => report.left.length) / broken).toBeLessThan(0.02);
    expect(sum((report) => report.repaired) / broken).toBeGreaterThan(0.95);
  });
});
