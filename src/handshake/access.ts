import type { Scope, Setting } from '../model/scope';
import { argumentTemplate } from '../model/template';
import { isKnown } from '../model/value';
import { evaluate } from '../model/variables';
import { once } from '../text/once';
import { settingHere } from './flags';
import { headerValue } from './request-values';
import { answer, cannotKnow, fault, step } from './run';
import type { Move, Run } from './run';
import type { Fault } from './types';

/** What one access handler says. */
type Verdict =
  | { readonly kind: 'ok' | 'declined' }
  | { readonly kind: 'refused'; readonly status: number; readonly fault: Fault }
  | { readonly kind: 'stop'; readonly move: Move };

const OK: Verdict = { kind: 'ok' };
const DECLINED: Verdict = { kind: 'declined' };

/** ngx_http_core_access_phase: allow and deny, auth_basic, auth_request, in nginx's order. Subrequests skip it. */
export function accessPhase(run: Run): Move {
  if (!run.main) return null;
  const any = settingHere(run, 'satisfy')?.directive.args[0] === 'any';
  let refused: Extract<Verdict, { kind: 'refused' }> | null = null;
  for (const check of [byAddress, byPassword, bySubrequest]) {
    const verdict = check(run);
    if (verdict.kind === 'stop') return verdict.move;
    if (verdict.kind === 'ok' && any) return null;
    if (verdict.kind !== 'refused') continue;
    if (!any || (verdict.status !== 403 && verdict.status !== 401)) return refuse(run, verdict);
    if (refused?.status !== 401) refused = verdict;
  }
  return refused === null ? null : refuse(run, refused);
}

function refuse(run: Run, verdict: Extract<Verdict, { kind: 'refused' }>): Move {
  step(run, `${verdict.fault.detail}: ${verdict.status}`, verdict.fault.setting);
  return answer(verdict.status, verdict.fault);
}

/** `allow` and `deny` are one list, taken from the nearest level that has either; the first match decides. */
function byAddress(run: Run): Verdict {
  const rules = run.names.has('allow') || run.names.has('deny') ? addressRules(run.scope) : [];
  let allowed = false;
  for (const rule of rules) {
    const denies = rule.directive.name === 'deny';
    const everybody = /^(?:all|0\.0\.0\.0\/0)$/.test(rule.directive.args[0] ?? '');
    if (everybody && !denies) return OK;
    if (everybody) return allowed && isAllowed(run, rule) ? OK : denied(rule);
    if (!denies) allowed = true;
    else if (!allowed) step(run, `assumes that the client is not ${rule.directive.args[0] ?? ''}`, rule);
  }
  return DECLINED;
}

function isAllowed(run: Run, rule: Setting): boolean {
  const decision = run.choices.decide("the client's address decides whether allow or deny applies", true);
  step(run, `the client is taken to be ${decision ? 'one that allow lets in' : 'one that deny refuses'}`, rule);
  return decision;
}

function denied(rule: Setting): Verdict {
  const kind = rule.scope.kind === 'limit_except' ? 'limit-except' : 'refused-by-access';
  return { kind: 'refused', status: 403, fault: fault(kind, rule, `deny ${rule.directive.args[0] ?? ''}`) };
}

function addressRules(scope: Scope): readonly Setting[] {
  for (let level: Scope | null = scope; level !== null && level.kind !== 'main'; level = level.parent) {
    if (level.own('allow').length === 0 && level.own('deny').length === 0) continue;
    return rulesAt(level);
  }
  return [];
}

const rulesAt = once((level: Scope): readonly Setting[] =>
  level.settings.filter(({ directive }) => directive.name === 'allow' || directive.name === 'deny'),
);

/** A browser's handshake carries no credentials at first: auth_basic answers 401. */
function byPassword(run: Run): Verdict {
  const setting = settingHere(run, 'auth_basic');
  if (setting === null || settingHere(run, 'auth_basic_user_file') === null) return DECLINED;
  const realm = evaluate(argumentTemplate(setting, 0), run);
  if (realm === 'off') return DECLINED;
  if (!isKnown(realm) && !run.choices.decide(`whether auth_basic is off: ${realm.unknown}`, false)) return DECLINED;
  if (headerValue(run, 'authorization') !== null || run.request.open === true) {
    return run.choices.decide('whether auth_basic accepts the password', true) ? OK : unauthorized(setting);
  }
  return unauthorized(setting);
}

function unauthorized(setting: Setting): Verdict {
  const detail = 'auth_basic wants a password, which a handshake does not carry';
  return { kind: 'refused', status: 401, fault: fault('refused-by-access', setting, detail) };
}

/** auth_request: the backend that is asked is taken to allow; what nginx itself answers there is known. */
function bySubrequest(run: Run): Verdict {
  const setting = settingHere(run, 'auth_request');
  const uri = setting?.directive.args[0];
  if (setting === null || uri === undefined || uri === 'off') return DECLINED;
  const result = run.subrequest(run, uri, setting);
  if (result.kind === 'unknown') return { kind: 'stop', move: cannotKnow(`auth_request: ${result.reason}`) };
  if (result.kind === 'killed') return { kind: 'refused', status: 500, fault: result.fault };
  if (result.kind === 'answer' && result.status !== null && (result.status < 200 || result.status >= 300)) {
    const status = result.status === 401 || result.status === 403 ? result.status : 500;
    const detail = `auth_request ${uri} is answered ${result.status}`;
    return { kind: 'refused', status, fault: fault('refused-by-access', setting, detail) };
  }
  if (result.kind === 'backend') step(run, `auth_request ${uri}: assumes that its backend allows the request`, setting);
  return OK;
}
