import { spend } from '../model/effort';
import type { Scope, Setting } from '../model/scope';
import { argumentTemplate } from '../model/template';
import { evaluate } from '../model/variables';
import { once } from '../text/once';
import { holds } from './condition';
import { enter } from './location';
import { answer, cannotKnow, fault, step } from './run';
import type { Move, Run } from './run';
import { runRewrite, runSet, shown } from './script';
import type { Engine } from './script';
import { isWritten } from './written';

/** A block whose rewrite directives are being run; the blocks of `if` are compiled into the same code. */
interface Frame {
  readonly settings: readonly Setting[];
  next: number;
}

/**
 * Runs the rewrite directives of a server or location, as ngx_http_rewrite_handler does. What stands in an `if` block
 * belongs to the enclosing block's code: after a true `if` the rest of the enclosing block runs on.
 */
export function runRewriteDirectives(run: Run, scope: Scope): Move {
  const engine: Engine = { quote: true };
  const stack: Frame[] = [{ settings: rewriteSettings(scope), next: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    spend(1);
    const setting = frame.settings[frame.next++];
    if (setting === undefined) {
      stack.pop();
      continue;
    }
    const result = runDirective(setting, run, engine);
    if (result === 'enter') {
      if (setting.opens !== null) stack.push({ settings: rewriteSettings(setting.opens), next: 0 });
    } else if (result === 'stop') return null;
    else if (result !== null) return result;
  }
  return null;
}

const NAMES: ReadonlySet<string> = new Set(['set', 'if', 'break', 'return', 'rewrite']);
/** The directives that run, found once: every request to a server of 10,000 locations asks. */
const rewriteSettings = once((scope: Scope): readonly Setting[] =>
  scope.settings.filter(({ directive }) => NAMES.has(directive.name)),
);

function runDirective(setting: Setting, run: Run, engine: Engine): Move | 'enter' | 'stop' {
  switch (setting.directive.name) {
    case 'set':
      runSet(setting, run, engine);
      return null;
    case 'if':
      return runIf(setting, run, engine);
    case 'break':
      return runBreak(setting, run);
    case 'return':
      return runReturn(setting, run);
    case 'rewrite':
      return rewriteMove(setting, run, engine);
    default:
      return null;
  }
}

/** A true `if` makes its block the request's location, unless it stands in a server (ngx_http_script_if_code). */
function runIf(setting: Setting, run: Run, engine: Engine): 'enter' | null {
  if (!holds(setting, run, engine) || !isWritten(run, setting)) return null;
  if (setting.opens !== null && setting.scope.kind !== 'server') enter(run, setting.opens);
  return 'enter';
}

function runBreak(setting: Setting, run: Run): 'stop' | null {
  if (!isWritten(run, setting)) return null;
  if (run.uriChanged) {
    run.validLocation = false;
    run.uriChanged = false;
  }
  step(run, 'break ends the rewrite directives', setting);
  return 'stop';
}

function rewriteMove(setting: Setting, run: Run, engine: Engine): Move | 'stop' {
  const result = runRewrite(setting, run, engine);
  switch (result.kind) {
    case 'redirect': {
      const detail = `rewrite answers ${result.status}`;
      return answer(result.status, fault('redirected', setting, detail), result.location);
    }
    case 'error':
      return answer(500, result.fault);
    case 'unknown':
      return cannotKnow(`the URI after rewrite: ${result.reason}`);
    case 'stop':
      return 'stop';
    default:
      return null;
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** nginx closes the connection without an answer. */
export const CLOSES: ReadonlySet<number> = new Set([408, 444, 499]);

function runReturn(setting: Setting, run: Run): Move {
  if (!isWritten(run, setting)) return null;
  const [first = '', second] = setting.directive.args;
  const code = /^\d+$/.test(first) ? Number(first) : null;
  const status = code ?? 302;
  const hasText = code === null || second !== undefined;
  const text = hasText ? evaluate(argumentTemplate(setting, code === null ? 0 : 1), run) : '';
  const words = `return ${setting.directive.args.join(' ')}`;
  if (REDIRECTS.has(status)) {
    step(run, `${words} redirects to ${shown(text)}`, setting);
    return answer(status, fault('redirected', setting, words), text);
  }
  step(run, words, setting);
  // A status below 400, or one with a text, is sent as it is; others pass through error_page.
  const final = CLOSES.has(status) || status < 400 || (second !== undefined && second !== '');
  return answer(status, fault('returned', setting, words), null, final);
}
