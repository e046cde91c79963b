import { effective } from '../model/effective';
import type { Scope, Setting } from '../model/scope';
import { compileTemplate, wordBytes } from '../model/template';
import type { Template } from '../model/template';
import { concatenate, isKnown } from '../model/value';
import type { Value } from '../model/value';
import { evaluate } from '../model/variables';
import { isOn } from './flags';
import { cannotKnow, fault, step } from './run';
import type { Move, Run } from './run';
import { namedLocation, redirectToNamed } from './redirect';

type Answer = Extract<Move, { kind: 'answer' }>;

/** One status of an error_page directive. */
interface ErrorPage {
  readonly setting: Setting;
  readonly target: Template;
  /** `=200`; 0 for `=`, which takes what the page answers; null keeps the error's own status. */
  readonly overwrite: number | null;
}

const pages = new WeakMap<Scope, ReadonlyMap<number, ErrorPage>>();

/** ngx_http_special_response_handler: an answer on its way out, or the internal redirect that an error_page makes. */
export function respond(run: Run, given: Answer): Move {
  run.errStatus = given.status;
  run.redirect = given.redirect ?? run.redirect;
  const page = pageFor(run, given.status);
  if (page !== null) return showPage(run, given, page);
  const status = given.status >= 494 && given.status <= 497 ? 400 : given.status;
  run.errStatus = status;
  return { ...given, status, final: true };
}

function pageFor(run: Run, status: number): ErrorPage | null {
  if (run.errorPage || run.uriChanges === 0) return null;
  const { settings, scope } = effective(run.scope, 'error_page');
  if (scope === null || settings.length === 0) return null;
  if (!isOn(run, 'recursive_error_pages')) run.errorPage = true;
  let byStatus = pages.get(scope);
  if (byStatus === undefined) pages.set(scope, (byStatus = readPages(settings)));
  return byStatus.get(status) ?? null;
}

function readPages(settings: readonly Setting[]): ReadonlyMap<number, ErrorPage> {
  const byStatus = new Map<number, ErrorPage>();
  for (const setting of settings) {
    const words = [...setting.directive.args];
    const target = compileTemplate(wordBytes(setting, words.pop() ?? ''));
    const overwrite = words.at(-1)?.startsWith('=') === true ? Number(words.pop()?.slice(1)) : null;
    for (const status of words.map(Number)) {
      const own = overwrite ?? (status >= 494 && status <= 497 ? 400 : null);
      if (!byStatus.has(status)) byStatus.set(status, { setting, target, overwrite: own });
    }
  }
  return byStatus;
}

function showPage(run: Run, given: Answer, page: ErrorPage): Move {
  if (page.overwrite !== null) run.errStatus = page.overwrite;
  run.cause ??= given.fault;
  const target = evaluate(page.target, run);
  if (!isKnown(target)) return cannotKnow(`where error_page leads: ${target.unknown}`);
  step(run, `error_page takes the ${given.status} to ${target}`, page.setting);
  if (target.startsWith('/')) {
    if (run.method !== 'HEAD') run.method = 'GET';
    return redirectToNamed(run, target, page.setting, page.target.source);
  }
  if (target.startsWith('@')) return namedLocation(run, target, page.setting);
  const status = [301, 302, 303, 307, 308].includes(page.overwrite ?? 0) ? (page.overwrite ?? 302) : 302;
  run.errStatus = status;
  run.redirect = target;
  const cause = fault('redirected', page.setting, `error_page redirects to ${target}`);
  return { kind: 'answer', status, redirect: target, fault: cause, final: true };
}

/** The Location header: a path gets scheme, host and port, unless absolute_redirect is off. */
export function absolute(run: Run, location: Value): Value {
  if (!isKnown(location) || !location.startsWith('/') || !isOn(run, 'absolute_redirect', true)) return location;
  const own = isOn(run, 'server_name_in_redirect');
  const host: Value = own ? run.serverName : (run.host ?? '');
  const { scheme, port } = run.request;
  const shown = isOn(run, 'port_in_redirect', true) && port !== (scheme === 'https' ? 443 : 80);
  return concatenate([`${scheme}://`, host, shown ? `:${port}` : '', location]);
}
