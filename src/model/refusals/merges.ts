import type { Scope, Setting } from '../scope';
import type { Fault } from './check';
import { parseBytes, parseInteger } from './numbers';

/** The page of most machines; sizes that were not set follow it. */
const PAGE = 4096;

type MergeFault = Fault & { readonly setting: Setting };

/** Modules that buffer answers, with the same rules (ngx_http_*_merge_loc_conf). */
const MODULES = ['proxy', 'fastcgi', 'uwsgi', 'scgi'] as const;
const SIZES = ['buffers', 'buffer_size', 'busy_buffers_size', 'temp_file_write_size', 'max_temp_file_size'] as const;

type SizeName = (typeof SIZES)[number];
const NONE: readonly MergeFault[] = [];

const MODULE_OF: ReadonlyMap<string, (typeof MODULES)[number]> = new Map(
  MODULES.flatMap((module) => SIZES.map((size) => [`${module}_${size}`, module] as const)),
);

export function isBufferSize(name: string): boolean {
  return MODULE_OF.has(name);
}

/** What nginx finds wrong when it merges a level into the one around it: buffers that do not fit together. */
export function bufferFaults(scope: Scope): readonly MergeFault[] {
  const here = new Map<string, string>();
  for (const { directive } of scope.settings) {
    const module = MODULE_OF.get(directive.name);
    if (module !== undefined) here.set(module, directive.name);
  }
  return [...here].map(([module, name]) => moduleFault(scope, module, name)).filter((fault) => fault !== null);
}

interface Found {
  readonly setting: Setting | null;
  /** False when an include that was not read, or a block that was not given, could hold another value. */
  readonly sure: boolean;
}

function nearest(scope: Scope, name: string): Found {
  for (let level: Scope | null = scope; level !== null && level.kind !== 'main'; level = level.parent) {
    const setting = level.own(name).at(-1);
    if (setting !== undefined) return { setting, sure: true };
    if (level.unread.length > 0 || level.assumed) return { setting: null, sure: false };
  }
  return { setting: null, sure: true };
}

function bytes(found: Found, argument: number): number | null {
  const text = found.setting?.directive.args[argument];
  return text === undefined ? null : parseBytes(text, 'size');
}

function moduleFault(scope: Scope, module: string, own: string): MergeFault | null {
  const get = (size: SizeName): Found => nearest(scope, `${module}_${size}`);
  const buffers = get('buffers');
  const bufferSize = get('buffer_size');
  const busy = get('busy_buffers_size');
  const write = get('temp_file_write_size');
  const largest = get('max_temp_file_size');
  const count = parseInteger(buffers.setting?.directive.args[0] ?? '8') ?? 8;
  const each = bytes(buffers, 1) ?? PAGE;
  const size = Math.max(bytes(bufferSize, 0) ?? PAGE, each);
  const busySize = bytes(busy, 0) ?? 2 * size;
  const limits = { module, count, size, all: (count - 1) * each };
  // A value that is refused by itself is not judged together with others.
  const invalid = [[buffers, 1] as const, ...[bufferSize, busy, write, largest].map((one) => [one, 0] as const)];
  if (count === 0 || invalid.some(([one, argument]) => one.setting !== null && bytes(one, argument) === null))
    return null;
  const message = sizesFault(limits, busySize, bytes(write, 0) ?? 2 * size, bytes(largest, 0) ?? 1024 ** 3);
  if (message === null) return null;
  const setting = culprit([busy, write, largest, bufferSize, buffers], scope) ?? scope.own(own).at(-1);
  const certain = [buffers, bufferSize, busy, write, largest].every(({ sure }) => sure);
  return setting === undefined ? null : { setting, message, late: true, certain };
}

/** The setting that this level adds, as what is inherited was fine. */
function culprit(found: readonly Found[], scope: Scope): Setting | undefined {
  return found.find(({ setting }) => setting?.scope === scope)?.setting ?? undefined;
}

interface Limits {
  readonly module: string;
  readonly count: number;
  readonly size: number;
  readonly all: number;
}

function sizesFault({ module, count, size, all }: Limits, busy: number, write: number, largest: number): string | null {
  const maximum = `the maximum of the value of "${module}_buffer_size" and one of the "${module}_buffers"`;
  if (count < 2) return `there must be at least 2 "${module}_buffers"`;
  if (busy < size) return `"${module}_busy_buffers_size" must be equal to or greater than ${maximum}`;
  if (busy > all) {
    return `"${module}_busy_buffers_size" must be less than the size of all "${module}_buffers" minus one buffer`;
  }
  if (write < size) return `"${module}_temp_file_write_size" must be equal to or greater than ${maximum}`;
  if (largest === 0 || largest >= size) return null;
  return `"${module}_max_temp_file_size" must be equal to zero to disable temporary files usage or must be equal to or greater than ${maximum}`;
}

export const HEADER_SIZES: ReadonlySet<string> = new Set(['large_client_header_buffers', 'connection_pool_size']);

/** 64 pointers of a 64-bit machine. */
const CONNECTION_POOL = 512;

/** A buffer for the request header must not be smaller than the pool of the connection. */
export function headerBufferFault(scope: Scope): MergeFault | null {
  // What every server replaces is never looked at.
  const counts = scope.kind === 'server' || scope.children.some((child) => child.kind === 'server' && !setsSize(child));
  const buffers = nearest(scope, 'large_client_header_buffers');
  const pool = nearest(scope, 'connection_pool_size');
  const size = bytes(buffers, 1) ?? 8192;
  const setting = culprit([buffers, pool], scope);
  if (!counts || setting === undefined || size >= (bytes(pool, 0) ?? CONNECTION_POOL)) return null;
  const message = 'the "large_client_header_buffers" size must be equal to or greater than "connection_pool_size"';
  return { setting, message, late: true, certain: buffers.sure && pool.sure };
}

function setsSize(scope: Scope): boolean {
  return [...HEADER_SIZES].some((name) => scope.own(name).length > 0);
}

/** proxy_ssl_verify and a client certificate need their counterpart where a TLS backend is passed to. */
export function tlsFaults(scope: Scope): readonly MergeFault[] {
  const pass = scope.own('proxy_pass').at(0);
  const url = pass?.directive.args[0] ?? '';
  if (pass === undefined || !/^https:|\$/i.test(url)) return NONE;
  const found: MergeFault[] = [];
  const certificate = nearest(scope, 'proxy_ssl_certificate').setting;
  const name = certificate?.directive.args[0] ?? '';
  const key = nearest(scope, 'proxy_ssl_certificate_key');
  if (certificate !== null && name !== '' && key.setting === null) {
    const message = `no "proxy_ssl_certificate_key" is defined for certificate "${name}"`;
    found.push({ setting: certificate, message, late: true, certain: key.sure });
  }
  const verify = nearest(scope, 'proxy_ssl_verify').setting;
  const trusted = nearest(scope, 'proxy_ssl_trusted_certificate');
  if (verify?.directive.args[0]?.toLowerCase() === 'on' && trusted.setting === null) {
    const message = 'no proxy_ssl_trusted_certificate for proxy_ssl_verify';
    found.push({ setting: verify, message, late: true, certain: trusted.sure });
  }
  return found;
}

/** A socket that speaks TLS needs a certificate in its default server, unless that refuses handshakes. */
export function lacksCertificate(server: Scope): boolean {
  const certificate = nearest(server, 'ssl_certificate');
  const refuses = nearest(server, 'ssl_reject_handshake').setting?.directive.args[0]?.toLowerCase() === 'on';
  return certificate.setting === null && certificate.sure && !refuses;
}

/** Each certificate needs a key of its own at the level that sets them. */
export function certificateFault(scope: Scope): MergeFault | null {
  const certificate = scope.own('ssl_certificate').at(-1);
  if (certificate === undefined) return null;
  const keys = nearest(scope, 'ssl_certificate_key');
  const count = keys.setting?.scope.own('ssl_certificate_key').length ?? 0;
  if (count >= scope.own('ssl_certificate').length || !keys.sure) return null;
  const message = `no "ssl_certificate_key" is defined for certificate "${certificate.directive.args[0] ?? ''}"`;
  return { setting: certificate, message, late: true };
}
