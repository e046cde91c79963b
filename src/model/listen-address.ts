/** Where a listen directive binds. */
export interface ListenAddress {
  readonly family: 'inet' | 'inet6' | 'unix';
  /** `127.0.0.1`, `::1` in its shortest form, a path, or a host name as written: names are not resolved. */
  readonly address: string;
  /** Null for a unix socket. */
  readonly port: number | null;
  /** `*`, `0.0.0.0`, `[::]`. */
  readonly wildcard: boolean;
}

const DEFAULT_PORT = 80;
const MOST_PORTS = 65_535;

export function isUnixAddress(text: string): boolean {
  return text.slice(0, 5).toLowerCase() === 'unix:';
}

/** Reads a listen's address (ngx_parse_url with `listen`): several for a range of ports, none where nginx refuses it. */
export function parseAddress(text: string): readonly ListenAddress[] {
  if (isUnixAddress(text)) {
    return text.length === 5 ? [] : [{ family: 'unix', address: text.slice(5), port: null, wildcard: false }];
  }
  if (text.startsWith('[')) return inet6(text);
  const alone = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (alone !== null) return atPorts({ family: 'inet', address: '0.0.0.0', wildcard: true }, alone[1], alone[2]);
  const match = /^([^:/?]+)(?::(\d+)(?:-(\d+))?)?$/.exec(text);
  return match === null ? [] : atPorts(inet(match[1] ?? ''), match[2], match[3]);
}

function inet(host: string): Omit<ListenAddress, 'port'> {
  const wildcard = host === '*' || /^0+(?:\.0+){3}$/.test(host);
  return { family: 'inet', address: wildcard ? '0.0.0.0' : host.toLowerCase(), wildcard };
}

function inet6(text: string): readonly ListenAddress[] {
  const match = /^\[([^\]]+)\](?::(\d+)(?:-(\d+))?)?$/.exec(text);
  const address = canonicalInet6(match?.[1] ?? '');
  if (match === null || address === null) return [];
  return atPorts({ family: 'inet6', address, wildcard: address === '::' }, match[2], match[3]);
}

function atPorts(
  where: Omit<ListenAddress, 'port'>,
  from: string | undefined,
  to: string | undefined,
): ListenAddress[] {
  const first = from === undefined ? DEFAULT_PORT : Number(from);
  const last = to === undefined ? first : Number(to);
  if (first < 1 || last > MOST_PORTS || last < first) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => ({ ...where, port: first + index }));
}

/** One spelling for each IPv6 address; null when it is none. */
export function canonicalInet6(text: string): string | null {
  const [head = '', tail, ...more] = withHexEnd(text).split('::');
  if (more.length > 0) return null;
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return shortest(groups.map((group) => parseInt(group, 16).toString(16)));
}

/** `::ffff:1.2.3.4` -> `::ffff:102:304`. */
function withHexEnd(text: string): string {
  return text.replace(/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/, (...parts) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(1, 5).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

/** The longest run of zeros, the first of several, becomes `::`. */
function shortest(groups: readonly string[]): string {
  const runs = [...groups.join(':').matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)];
  const longest = runs.reduce((best, run) => (run[0].length > best.length ? run[0] : best), '');
  if (longest === '') return groups.join(':');
  const text = groups.join(':');
  const at = text.search(new RegExp(`(?:^|(?<=:))${longest}(?=:|$)`));
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}
