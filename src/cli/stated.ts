import type { Mapping } from '../fs/options';
import { OLDEST, formatVersion, parseVersion } from '../model/version';
import type { NginxVersion } from '../model/version';
import { oneOf } from './invocation';
import { quoted, UsageError } from './usage-error';

export function mapping(text: string): Mapping {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) {
    throw new UsageError(`--map takes FROM=TO, as in /etc/nginx=./deploy/nginx, not ${quoted(text)}`);
  }
  return { from: text.slice(0, at), to: text.slice(at + 1) };
}

const BLOCKS = ['main', 'events', 'http', 'server', 'location', 'upstream', 'if', 'limit_except', 'stream', 'mail'];

export function contextOf(text: string | null): readonly string[] | null {
  if (text === null) return null;
  const blocks = text.split(',').map((block) => block.trim());
  for (const block of blocks) oneOf('--context', block, BLOCKS);
  return blocks.filter((block) => block !== 'main');
}

export function versionOf(text: string | null): NginxVersion | 'auto' | null {
  if (text === null || text === 'auto') return text;
  const version = parseVersion(text);
  if (version === null) throw new UsageError(`--nginx-version takes X.Y.Z or auto, not ${quoted(text)}`);
  if (version < OLDEST) {
    throw new UsageError(`--nginx-version: ${text} is too old; ${formatVersion(OLDEST)} and later are known`);
  }
  return version;
}
