import { block, directive } from '../tree';
import type { Node } from '../tree';
import type { Random } from '../random';
import type { World } from './blocks';

type Line = readonly [string, string];

/** The variables that every tree's maps make. */
export const MAPPED = [
  'connection_upgrade',
  'upgrade_kind',
  'connection_second',
  'connection_third',
  'room_of',
  'kind_of_host',
  'backend_of',
  'shape',
];

function map(source: string, variable: string, lines: readonly (Line | readonly [string])[]): Node {
  return block(
    ['map', source, `$${variable}`],
    lines.map((line) => directive(...line)),
  );
}

/** Maps, maps of maps, maps of regexes and of host names, in any order. */
export function makeMaps(world: World): Node[] {
  const { random } = world;
  const maps = [
    map(
      random.weighted([
        [12, '$http_upgrade'],
        [2, '"$http_upgrade"'],
        [1, '$HTTP_UPGRADE'],
        [1, '$http_connection'],
      ]),
      'connection_upgrade',
      connectionLines(random),
    ),
    map('$http_upgrade', 'upgrade_kind', kindLines(random)),
    map('$upgrade_kind', 'connection_second', secondLines(random)),
    map(
      random.pick(['$request_method', '"$request_method:$http_upgrade"', '$http_connection']),
      'connection_third',
      thirdLines(random),
    ),
    roomMap(world),
    map(random.pick(['$host', '$http_host']), 'kind_of_host', hostLines(random)),
    map('$host', 'backend_of', [['hostnames'], ...backendLines(random)]),
    map(
      random.pick(['$args', '$arg_token', '$uri', '"$scheme$is_args$args"', '$http_x_token']),
      'shape',
      shapeLines(random),
    ),
  ];
  if (random.chance(0.06)) maps.push(map('$http_upgrade', 'connection_upgrade', connectionLines(random)));
  return random.chance(0.5) ? random.shuffle(maps) : maps;
}

function connectionLines(random: Random): Line[] {
  return [
    ...random.weighted<readonly Line[]>([
      [
        40,
        [
          ['default', 'upgrade'],
          ["''", 'close'],
        ],
      ],
      [
        14,
        [
          ['default', 'upgrade'],
          ['""', "''"],
        ],
      ],
      [
        6,
        [
          ['default', 'close'],
          ['websocket', 'upgrade'],
        ],
      ],
      [5, [['websocket', 'upgrade']]],
      [
        4,
        [
          ['~*^websocket$', 'upgrade'],
          ['default', 'keep-alive'],
        ],
      ],
      [
        2,
        [
          ['~^websocket$', 'upgrade'],
          ['default', 'close'],
        ],
      ],
      [
        3,
        [
          ['default', '$http_connection'],
          ["''", 'close'],
        ],
      ],
      [
        2,
        [
          ['default', 'close'],
          ["''", 'upgrade'],
        ],
      ],
      [
        3,
        [
          ['WebSocket', 'Upgrade'],
          ['default', '""'],
        ],
      ],
    ]),
  ];
}

function kindLines(random: Random): Line[] {
  return [
    ...random.pick<readonly Line[]>([
      [
        ['default', '""'],
        ['websocket', 'websocket'],
      ],
      [
        ['default', '$http_upgrade'],
        ['h2c', '""'],
      ],
      [
        ['~*^web(?<kindcapture>socket)$', 'websocket'],
        ['default', 'none'],
      ],
      [
        ['~*(websocket)', '$1'],
        ['default', '""'],
      ],
      [
        ['default', '"$http_upgrade"'],
        ['\\default', 'x'],
      ],
    ]),
  ];
}

function secondLines(random: Random): Line[] {
  return [
    ...random.pick<readonly Line[]>([
      [
        ['websocket', 'upgrade'],
        ['default', '$connection_third'],
      ],
      [
        ["''", 'close'],
        ['default', 'upgrade'],
      ],
      [
        ['~.', 'Upgrade'],
        ['default', '""'],
      ],
      [
        ['~^(?<whole>.+)$', '"upgrade"'],
        ['default', 'keep-alive'],
      ],
    ]),
  ];
}

function thirdLines(random: Random): Line[] {
  return [
    ...random.pick<readonly Line[]>([
      [
        ['GET', 'upgrade'],
        ['default', 'close'],
      ],
      [
        ['~^GET:(.*)$', 'upgrade'],
        ['default', 'close'],
      ],
      [
        ['~*upgrade', 'upgrade'],
        ['~*keep', 'keep-alive'],
        ['default', '""'],
      ],
      [
        ['default', 'close'],
        ['"GET:websocket"', 'upgrade'],
        ['Upgrade', 'upgrade'],
      ],
    ]),
  ];
}

function roomMap(world: World): Node {
  const lines = world.random.pick<readonly Line[]>([
    [
      ['default', 'none'],
      ['~^/ws/(\\w+)', '$1'],
      ['~*^/chat/(?<inroom>[^/]+)', '$inroom'],
    ],
    [
      ['default', '"$uri-$args"'],
      ['/ws', 'root'],
      ['/WS/', 'upper'],
    ],
    [
      ['~(?<first>[a-z]+)/(?<second>[a-z]+)', '$second-$first'],
      ['default', 'flat'],
    ],
    [
      ['~^/(.)(.)', '$2$1'],
      ['default', '""'],
    ],
  ]);
  for (const [key] of lines) for (const [, name = ''] of key.matchAll(/\(\?<(\w+)>/g)) world.captures.add(name);
  return map(world.random.pick(['$uri', '$request_uri', '$document_uri']), 'room_of', lines);
}

function hostLines(random: Random): (Line | readonly [string])[] {
  const lines: Line[] = [
    ['default', 'other'],
    ['app.test', 'exact'],
    ['*.app.test', 'sub'],
    ['.live.test', 'live'],
    ['app.*', 'tail'],
    ['~^ws\\d+\\.', 'numbered'],
  ];
  const chosen = lines.filter((_, index) => index === 0 || random.chance(0.6));
  return random.chance(0.7) ? [['hostnames'], ...chosen] : chosen.filter(([key]) => !key.includes('*'));
}

function backendLines(random: Random): Line[] {
  return [
    ['default', '127.0.0.1:19001'],
    ['*.app.test', random.pick(['127.0.0.1:19002', 'up_a'])],
    ['live.*', 'up-b'],
    ['app.test', '"127.0.0.1:19002"'],
  ];
}

function shapeLines(random: Random): (Line | readonly [string])[] {
  const lines = random.pick<readonly Line[]>([
    [
      ['default', '0'],
      ['~token=(\\w+)', 't-$1'],
      ['~*^A', 'a'],
    ],
    [
      ['default', '""'],
      ['abc', 'one'],
      ['ABCD', 'two'],
    ],
    [
      ['"token=abc"', 'quoted'],
      ['default', '$scheme'],
    ],
  ]);
  return random.chance(0.2) ? [['volatile'], ...lines] : [...lines];
}
