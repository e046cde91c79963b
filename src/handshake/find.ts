import { effectiveSetting } from '../model/effective';
import { matchRegex } from '../model/match';
import type { Configuration, Scope, Setting } from '../model/scope';
import { argument } from '../model/template';
import type { Value } from '../model/value';
import type { NginxVersion } from '../model/version';
import { remember } from './matching';
import { step } from './run';
import type { Run } from './run';
import type { ClientRequest } from './types';

export interface Listener {
  readonly setting: Setting | null;
  readonly ssl: boolean;
  readonly http2: boolean;
  readonly proxyProtocol: boolean;
}

export type FoundServer =
  | { readonly kind: 'none'; readonly reason: string }
  | {
      readonly kind: 'found';
      readonly server: Scope;
      readonly defaultServer: Scope;
      readonly serverName: string;
      readonly listener: Listener;
      readonly captures: readonly Value[];
      readonly named: ReadonlyMap<string, Value>;
      readonly mergeSlashes: boolean;
      readonly steps: readonly string[];
      readonly unknown: string | null;
    };

export function findServer(configuration: Configuration, request: ClientRequest, _version: NginxVersion): FoundServer {
  const servers = configuration.http?.children.filter((scope) => scope.kind === 'server') ?? [];
  const server = servers[0];
  if (server === undefined) return { kind: 'none', reason: 'no server' };
  return {
    kind: 'found',
    server,
    defaultServer: server,
    serverName: server.own('server_name')[0]?.directive.args[0] ?? '',
    listener: {
      setting: server.own('listen')[0] ?? null,
      ssl: request.scheme === 'https',
      http2: false,
      proxyProtocol: false,
    },
    captures: [],
    named: new Map(),
    mergeSlashes: effectiveSetting(server, 'merge_slashes')?.directive.args[0] !== 'off',
    steps: ['the only server'],
    unknown: null,
  };
}

export type FoundLocation =
  | { readonly kind: 'found'; readonly location: Scope | null; readonly redirect: boolean }
  | { readonly kind: 'unknown'; readonly reason: string };

export function findLocation(run: Run): FoundLocation {
  let best: Scope | null = null;
  let bestLength = -1;
  let scope = run.server;
  for (;;) {
    const before: Scope | null = best;
    for (const child of scope.children) {
      if (child.kind !== 'location' || child.opener === null) continue;
      const { args } = child.opener.directive;
      const name = argument(child.opener, args.length - 1);
      if (args[0] === '~' || args[0] === '~*' || name.startsWith('@')) continue;
      if (args[0] === '=' ? run.uri === name : run.uri.startsWith(name)) {
        if (name.length > bestLength || args[0] === '=') {
          best = child;
          bestLength = name.length;
        }
      } else if (args[0] !== '=' && name === `${run.uri}/` && child.own('proxy_pass').length > 0)
        return { kind: 'found', location: child, redirect: true };
    }
    if (best === before || best === null) break;
    scope = best;
  }
  for (const child of scope.children) {
    if (child.kind !== 'location' || child.opener === null) continue;
    const { args } = child.opener.directive;
    if (args[0] !== '~' && args[0] !== '~*') continue;
    const match = matchRegex(argument(child.opener, 1), args[0] === '~*', run.uri);
    if (match === null) continue;
    if ('unknown' in match) return { kind: 'unknown', reason: match.unknown };
    remember(match, run);
    best = child;
    break;
  }
  step(run, 'location', best?.opener ?? null);
  return { kind: 'found', location: best, redirect: false };
}
