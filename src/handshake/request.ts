import type { Configuration } from '../model/scope';
import { builtin } from './builtins';
import type { Choices } from './choices';
import { firstName } from './find';
import type { FoundServer } from './find';
import type { Nginx } from './nginx';
import { URI_CHANGES } from './run';
import type { Run } from './run';
import { acceptHeaders } from './client-headers';
import { namesUsed } from './flags';
import { runSubrequest } from './subrequest';
import type { ClientRequest } from './types';

/** A request as nginx holds it when its headers are read and its server is found. */
export function createRun(
  configuration: Configuration,
  request: ClientRequest,
  nginx: Nginx,
  choices: Choices,
  { choice, reading, target }: FoundServer,
): Run {
  const accepted = acceptHeaders(request, reading, choice.server);
  const run: Run = {
    configuration,
    request,
    nginx,
    choices,
    names: namesUsed(configuration),
    main: true,
    mainMethod: null,
    headers: accepted.headers,
    invalidHeaders: accepted.invalid,
    server: choice.server,
    host: choice.host === '' ? null : choice.host,
    serverName: firstName(choice.server),
    proxyHost: null,
    proxyPort: null,
    scope: choice.server,
    handler: null,
    method: request.method,
    uri: target?.uri ?? '/',
    args: target?.args ?? '',
    unparsedUri: target?.unparsed ?? request.target,
    validUnparsedUri: target?.validUnparsed ?? true,
    validLocation: true,
    internal: false,
    quotedUri: target?.quoted ?? false,
    plusInUri: target?.plus ?? false,
    uriChanged: false,
    uriChanges: URI_CHANGES,
    named: null,
    errorPage: false,
    errStatus: 0,
    redirect: null,
    cause: null,
    badRequest: accepted.fault ?? (target === null ? `nginx refuses the request target ${request.target}` : null),
    values: new Map(choice.match?.names),
    captures: choice.match?.groups ?? [],
    steps: [],
    notes: [],
    subrequest: runSubrequest,
    builtin(name) {
      return builtin(this, name);
    },
  };
  return run;
}
