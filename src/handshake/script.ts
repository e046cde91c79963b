import { once } from '../text/once';
import { chooseMatch, remember } from './matching';
import { escapeArgs, unescapeRedirect } from './escape';
import { fault, step } from './run';
import type { Run } from './run';
import { argumentTemplate, compileTemplate } from '../model/template';
import type { Part, Template } from '../model/template';
import type { Setting } from '../model/scope';
import { concatenate, isKnown } from '../model/value';
import type { Value } from '../model/value';
import { evaluate, twice } from '../model/variables';
import { MASK, isSecretName } from '../text/secret-names';
import type { Fault } from './types';
import { isWritten } from './written';

/** The script engine's own state while the rewrite directives of one block run (ngx_http_script_engine_t). */
export interface Engine {
  /** Captures are escaped as arguments: at first, and in redirects; not after a rewrite that matched. */
  quote: boolean;
}

/** A word as the script engine works it out: captures are escaped when the request's URI was. */
export function expand(template: Template, run: Run, quote: boolean): Value {
  if (!quote || !(run.quotedUri || run.plusInUri)) return evaluate(template, run);
  return twice(() => concatenate(template.parts.map((part) => expandPart(part, run))), template);
}

function expandPart(part: Part, run: Run): Value {
  if (part.kind !== 'capture') return evaluate({ source: '', parts: [part], constant: null, fault: null }, run);
  const capture = run.captures[part.group] ?? '';
  return isKnown(capture) ? escapeArgs(capture) : capture;
}

/** `set`: nginx keeps the value for the whole request. `$args` is the request's own. */
export function runSet(setting: Setting, run: Run, engine: Engine): void {
  const name = setting.directive.args[0]?.slice(1).toLowerCase() ?? '';
  const value = expand(argumentTemplate(setting, 1), run, engine.quote);
  if (name === 'args') {
    run.args = value;
    run.validUnparsedUri = false;
  } else run.values.set(name, value);
  step(run, `set $${name} to ${isSecretName(name) ? MASK : shown(value)}`, setting);
}

export function shown(value: Value): string {
  return isKnown(value) ? JSON.stringify(value) : `a value that is not known (${value.unknown})`;
}

/** A `rewrite` directive made ready: its replacement split at the first `?`. */
interface Rewrite {
  readonly pattern: string;
  readonly path: Template;
  readonly args: Template | null;
  /** The original arguments are added: no `?` at the end. */
  readonly addArgs: boolean;
  /** For redirects: whether the replacement itself has arguments. */
  readonly hasArgs: boolean;
  readonly redirect: number | null;
  readonly flag: string;
}

const rewriteOf = once(compileRewrite);

function compileRewrite(setting: Setting): Rewrite {
  const [pattern, whole, flag] = [0, 1, 2].map((index) => argumentTemplate(setting, index).source);
  const replacement = whole ?? '';
  const addArgs = !replacement.endsWith('?');
  const text = addArgs ? replacement : replacement.slice(0, -1);
  const away = /^(?:https?:\/\/|\$scheme)/.test(text);
  const redirect = flag === 'permanent' ? 301 : flag === 'redirect' || away ? 302 : null;
  // Only a `?` written in the replacement counts, not one that a variable brings: names hold none.
  const question = text.indexOf('?');
  const split = redirect === null && question >= 0;
  return {
    pattern: pattern ?? '',
    path: compileTemplate(split ? text.slice(0, question) : text),
    args: split ? compileTemplate(text.slice(question + 1)) : null,
    addArgs,
    hasArgs: question >= 0,
    redirect,
    flag: flag ?? '',
  };
}

/** What a `rewrite` did. `stop` ends the block's directives. */
export type Rewritten =
  | { readonly kind: 'no-match' | 'changed' | 'stop' }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: Value }
  | { readonly kind: 'error'; readonly fault: Fault }
  | { readonly kind: 'unknown'; readonly reason: string };

export function runRewrite(setting: Setting, run: Run, engine: Engine): Rewritten {
  const rewrite = rewriteOf(setting);
  const match = chooseMatch(run, rewrite.pattern, false, run.uri);
  if (match === null) {
    run.captures = [];
    return { kind: 'no-match' };
  }
  if (!isWritten(run, setting)) return { kind: 'no-match' };
  remember(match, run);
  engine.quote = false;
  if (rewrite.redirect !== null) return redirectTo(rewrite, rewrite.redirect, run);
  return changeUri(rewrite, setting, run);
}

function redirectTo(rewrite: Rewrite, status: number, run: Run): Rewritten {
  const target = expand(rewrite.path, run, true);
  const location = isKnown(target) ? unescapeRedirect(target) : target;
  const join = rewrite.hasArgs ? '&' : '?';
  const query = rewrite.addArgs && run.args !== '' ? concatenate([join, run.args]) : '';
  return { kind: 'redirect', status, location: concatenate([location, query]) };
}

function changeUri(rewrite: Rewrite, setting: Setting, run: Run): Rewritten {
  const uri = expand(rewrite.path, run, false);
  const args = argsAfter(rewrite, run);
  run.internal = true;
  run.validUnparsedUri = false;
  if (rewrite.flag === 'break') run.validLocation = false;
  run.uriChanged = rewrite.flag !== 'break';
  run.args = args;
  if (!isKnown(uri)) return { kind: 'unknown', reason: uri.unknown };
  if (uri === '') return { kind: 'error', fault: fault('server-error', setting, 'the rewritten URI is empty: 500') };
  run.uri = uri;
  step(run, `rewrites the URI to ${isKnown(args) && args !== '' ? `${uri}?${args}` : uri}`, setting);
  return { kind: rewrite.flag === 'last' || rewrite.flag === 'break' ? 'stop' : 'changed' };
}

function argsAfter(rewrite: Rewrite, run: Run): Value {
  if (rewrite.args === null) return rewrite.addArgs ? run.args : '';
  const own = expand(rewrite.args, run, true);
  return rewrite.addArgs && run.args !== '' ? concatenate([own, '&', run.args]) : own;
}
