/** What a look at the tree gave. */
export interface Findings {
  readonly paths: readonly string[];
  readonly maps: readonly { readonly from: string; readonly to: string }[];
  /** Patterns of locations that may serve WebSocket: hints, no evidence. */
  readonly hinted: readonly string[];
  /** Locations that are known to. */
  readonly known: number;
  /** Of the nginx installed here. */
  readonly nginxVersion: string | null;
}

/** The text of a new `.nginx-ws-lint.jsonc`: what was found is in force, the rest is there to be uncommented. */
export function starterConfig({ paths, maps, hinted, known, nginxVersion }: Findings, schema: string): string {
  const mapped = Object.fromEntries(maps.map(({ from, to }) => [from, to]));
  return [
    '{',
    `  "$schema": ${JSON.stringify(schema)},`,
    '',
    '  // What to lint when no path is given: directories, main files or fragments.',
    line('paths', paths.length > 0, paths.length > 0 ? paths : ['deploy/nginx']),
    '',
    '  // Where the directories of the running system lie in this repository.',
    line('maps', maps.length > 0, maps.length > 0 ? mapped : { '/etc/nginx': 'deploy/nginx' }),
    '',
    '  // The nginx that runs this. Without it, a configuration must work on every version from 1.18.0 on.',
    line('nginxVersion', false, nginxVersion ?? '1.28.0'),
    '',
    `  // Locations that serve WebSocket although nothing in them says so. ${said(known, hinted)}`,
    line('websocket', false, hinted.length > 0 ? hinted : ['/live*']),
    '  // "notWebsocket": ["/static/*"],',
    '',
    '  // Proxies and load balancers in front, with the time after which they close a silent connection; and how often the',
    '  // application sends something.',
    '  // "hops": [{ "name": "load balancer", "idle": "60s" }],',
    '  // "ping": "25s",',
    '',
    '  // Severities: off, info, warning, error.',
    '  // "rules": { "forwarded-headers": "off", "read-timeout": "error" },',
    '',
    '  // Findings that nobody will mend.',
    '  // "ignore": [{ "files": ["legacy/**"], "rules": ["read-timeout"], "reason": "goes away in spring" }],',
    '  // "requireIgnoreReason": true,',
    '',
    '  // The least severity that makes the exit status 1.',
    '  "failOn": "error",',
    '}',
    '',
  ].join('\n');
}

function line(key: string, inForce: boolean, value: unknown): string {
  return `  ${inForce ? '' : '// '}${JSON.stringify(key)}: ${spaced(value)},`;
}

/** JSON on one line as people write it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`)
    .join(', ')} }`;
}

function said(known: number, hinted: readonly string[]): string {
  const found = known === 1 ? '1 is known here' : `${known} are known here`;
  return hinted.length === 0 ? `${found}.` : `${found}; these may be more:`;
}
