import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { parseVersion } from '../model/version';
import type { NginxVersion } from '../model/version';

/** The binary that goes with a conf directory: builds from source and package managers off the PATH. */
const BINARY_OF: Readonly<Record<string, string>> = {
  '/usr/local/nginx/conf': '/usr/local/nginx/sbin/nginx',
  '/usr/local/openresty/nginx/conf': '/usr/local/openresty/nginx/sbin/nginx',
  '/opt/homebrew/etc/nginx': '/opt/homebrew/bin/nginx',
};

/** A user's PATH often lacks where the system keeps nginx. */
const USUAL = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin'];

/**
 * The version of the nginx that is installed, for `--nginx-version auto` and live trees; `prefix` is the tree's. Null:
 * none, none that answers within two seconds, or one with version numbers of its own (Angie, freenginx).
 */
export function installedVersion(prefix: string | null = null): NginxVersion | null {
  const binary = findBinary(prefix);
  if (binary === null) return null;
  const { stderr, stdout, error } = spawnSync(binary, ['-v'], {
    timeout: 2000,
    encoding: 'utf8',
    shell: false,
    maxBuffer: 65536,
  });
  return error === undefined ? parseNginxVersion(`${stderr}\n${stdout}`) : null;
}

/** What `nginx -v` says; OpenResty's version is nginx's with a number behind it. */
export function parseNginxVersion(text: string): NginxVersion | null {
  const match = /^nginx version: (?:nginx|openresty)\/(\d+\.\d+\.\d+)/m.exec(text);
  return match?.[1] === undefined ? null : parseVersion(match[1]);
}

/** Absolute directories alone: a relative one on the PATH could be that of the tree to be judged. */
export function findBinary(prefix: string | null): string | null {
  const own = prefix === null || !Object.hasOwn(BINARY_OF, prefix) ? undefined : BINARY_OF[prefix];
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...USUAL].filter((entry) => isAbsolute(entry));
  const name = process.platform === 'win32' ? 'nginx.exe' : 'nginx';
  const candidates = [...(own === undefined ? [] : [own]), ...directories.map((directory) => join(directory, name))];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
