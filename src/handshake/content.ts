import { isKnown as isKnownDirective, isModuleDirective } from '../model/directives';
import type { Scope, Setting } from '../model/scope';
import { argumentTemplate, compileTemplate, wordBytes } from '../model/template';
import { isKnown } from '../model/value';
import { evaluate } from '../model/variables';
import { once } from '../text/once';
import { settingHere, settingsHere } from './flags';
import { PASSES } from './location';
import { namedLocation, redirectToNamed } from './redirect';
import { answer, cannotKnow, fault, step } from './run';
import type { Move, Run } from './run';
import { locationName } from './target-url';
import type { Fault } from './types';
import { isWritten } from './written';

/**
 * try_files, which no block inherits, then the mirror subrequests: nginx's precontent phase. No file is taken to exist but
 * one that the configuration names, and the directory that is the root (see staticFile); were there one, it would be
 * served, and the handshake would fail.
 */
export function precontentPhase(run: Run): Move {
  const setting = run.scope.own('try_files').at(-1) ?? null;
  if (setting !== null && isWritten(run, setting)) {
    const move = tryFiles(run, setting);
    if (move !== null) return move;
  }
  return mirrors(run);
}

function tryFiles(run: Run, setting: Setting): Move {
  const template = argumentTemplate(setting, setting.directive.args.length - 1);
  const value = evaluate(template, run);
  const tried = setting.directive.args.slice(0, -1).join(' ');
  const lost = rewrittenAlias(run);
  if (lost !== null) return answer(500, lost);
  if (triesNamed(run, setting)) {
    step(run, `try_files: assumes that ${run.uri} exists, as the configuration names it`, setting);
    return null;
  }
  const directory = rootAmong(run, setting);
  if (directory !== null && run.handler !== null && PASSES.has(run.handler.name)) {
    step(
      run,
      `try_files: ${directory} is the root directory, taken to exist: ${run.handler.name} gets the request`,
      setting,
    );
    return null;
  }
  if (!isKnown(value)) return cannotKnow(`where try_files leads: ${value.unknown}`);
  const last = template.constant === null ? withoutAlias(run, value) : value;
  step(run, `try_files: assumes that none of ${tried} exists, goes on to ${last}`, setting);
  const code = /^=(\d+)$/.exec(last)?.[1];
  if (code !== undefined) {
    return answer(Number(code), fault('not-found', setting, `try_files ${tried} =${code}`));
  }
  if (last.startsWith('@')) return namedLocation(run, last, setting);
  return redirectToNamed(run, last, setting, template.source);
}

/** One of the files is what the configuration led to: `/index.html` of `try_files $uri /index.html`, the second time. */
function triesNamed(run: Run, setting: Setting): boolean {
  if (run.handler !== null || run.named !== run.uri || run.uri.endsWith('/')) return false;
  return setting.directive.args
    .slice(0, -1)
    .some((_, index) => evaluate(argumentTemplate(setting, index), run) === run.uri);
}

/** The argument that stands for the directory itself that `root` or `alias` names; null for none. */
function rootAmong(run: Run, setting: Setting): string | null {
  for (const [index, word] of setting.directive.args.slice(0, -1).entries()) {
    if (!word.endsWith('/')) continue;
    const template = argumentTemplate(setting, index);
    const value = evaluate(template, run);
    if (!isKnown(value)) continue;
    if (/^\/*$/.test(template.constant === null ? withoutAlias(run, value) : value)) return word;
  }
  return null;
}

/** Beside an alias, nginx cuts the location's name off whatever came of variables, the last argument too (ticket 97). */
function withoutAlias(run: Run, value: string): string {
  const alias = aliasHere(run.scope);
  const size = alias === null ? 0 : locationName(alias.scope).length;
  return size > 0 && value.startsWith(run.uri.slice(0, size)) ? value.slice(size) : value;
}

function mirrors(run: Run): Move {
  if (!run.main) return null;
  for (const setting of settingsHere(run, 'mirror')) {
    const uri = setting.directive.args[0];
    if (uri === undefined || uri === 'off') continue;
    const result = run.subrequest(run, uri, setting);
    if (result.kind === 'killed') return answer(500, result.fault, null, true);
  }
  return null;
}

/** The content phase: the handler of the location, or the file that nobody knows. */
export function contentPhase(run: Run): Move {
  const { handler } = run;
  if (handler === null) return staticFile(run);
  const { name, setting } = handler;
  switch (name) {
    case 'empty_gif':
    case 'stub_status':
      if (run.method !== 'GET' && run.method !== 'HEAD') return answer(405, fault('other-handler', setting, name));
      step(run, `${name} answers`, setting);
      return answer(200, fault('other-handler', setting, `${name} answers the request`), null, true);
    case 'flv':
    case 'mp4':
      step(run, `${name}: assumes that there is no such file`, setting);
      return answer(404, fault('other-handler', setting, `${name} serves files`));
    case 'tunnel_pass':
      return answer(405, fault('wrong-module', setting, 'tunnel_pass takes CONNECT alone'));
    default:
      return cannotKnow(`what ${name} does`);
  }
}

/**
 * index, autoindex and the static handler. Which files exist is not known: none is taken to, but those that try_files,
 * error_page and index name, and the directory that `root` or `alias` names, which nginx does not list (403).
 */
function staticFile(run: Run): Move {
  const { opener } = run.scope;
  const stranger = strangerIn(run.scope);
  if (stranger !== null) return cannotKnow(`what ${stranger.directive.name} does`);
  if (!['GET', 'HEAD', 'POST'].includes(run.method)) {
    return answer(405, fault('no-handler', opener, `no handler for ${run.method}`));
  }
  const index = run.uri.endsWith('/') ? absoluteIndex(run) : null;
  if (index !== null) return index;
  const lost = rewrittenAlias(run);
  if (lost !== null) return answer(500, lost);
  if (run.named === run.uri && !run.uri.endsWith('/')) return namedFile(run);
  const cause = fault('no-handler', opener, `nothing here passes ${run.uri} on to a backend`);
  if (isRootItself(run)) return directory(run, cause);
  step(run, 'no handler: a static file is looked for, assumed not to exist', opener);
  return answer(404, cause);
}

function namedFile(run: Run): Move {
  const { opener } = run.scope;
  step(run, `no handler: the file ${run.uri} is sent, assumed to exist, as the configuration names it`, opener);
  return answer(
    200,
    fault('no-handler', opener, `nginx sends the file ${run.uri}, nothing is passed on to a backend`),
    null,
    true,
  );
}

/** "alias" cannot be used where a rewrite has changed the URI (ngx_http_map_uri_to_path). */
function rewrittenAlias(run: Run): Fault | null {
  const setting = run.validLocation ? null : aliasHere(run.scope);
  return setting === null ? null : fault('server-error', setting, 'alias where the URI was rewritten: 500');
}

/** The alias that applies; a nearer root takes its place, as both are inherited together. */
function aliasHere(from: Scope): Setting | null {
  for (let scope: Scope | null = from; scope !== null; scope = scope.parent) {
    const own = scope.own('alias').at(-1) ?? null;
    if (own !== null || scope.own('root').length > 0) return own;
  }
  return null;
}

/** The URI stands for the directory itself that `root` (there is always one) or `alias` names. */
function isRootItself(run: Run): boolean {
  const alias = aliasHere(run.scope);
  const name = alias === null ? '/' : locationName(alias.scope);
  return run.uri.endsWith('/') && run.uri.startsWith(name) && /^\/*$/.test(run.uri.slice(name.length));
}

function directory(run: Run, cause: Fault): Move {
  step(run, 'no handler: a directory, assumed to be empty', run.scope.opener);
  const listed = settingHere(run, 'autoindex')?.directive.args[0]?.toLowerCase() === 'on';
  return listed && run.method !== 'POST' ? answer(200, cause, null, true) : answer(403, cause);
}

/** `index /path`: an internal redirect without a look at any file. */
function absoluteIndex(run: Run): Move {
  for (const setting of settingsHere(run, 'index')) {
    for (const word of setting.directive.args) {
      const target = evaluate(compileTemplate(wordBytes(setting, word)), run);
      if (!isKnown(target)) return null;
      if (!target.startsWith('/')) continue;
      step(run, `index leads to ${target}`, setting);
      return redirectToNamed(run, target, setting, word, run.args);
    }
  }
  return null;
}

/** A directive of a module that is not known here: it may be the location's handler. */
const strangerIn = once(
  (scope: Scope): Setting | null => scope.settings.find(({ directive }) => mayHandle(directive.name)) ?? null,
);

function mayHandle(name: string): boolean {
  return isModuleDirective(name) ? /pass|content|publish|subscri|pubsub|echo|vod/.test(name) : !isKnownDirective(name);
}
