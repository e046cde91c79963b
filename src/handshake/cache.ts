import { effective } from '../model/effective';
import { argumentTemplate, compileTemplate } from '../model/template';
import type { Template } from '../model/template';
import { isKnown } from '../model/value';
import type { Value } from '../model/value';
import { evaluate } from '../model/variables';
import { settingHere } from './flags';
import type { Run } from './run';
import type { CacheUse } from './types';

/** What proxy_cache does with the request (ngx_http_upstream_cache); null where nothing is looked up or kept. */
export function cacheUse(run: Run, uri: Value): CacheUse | null {
  const setting = settingHere(run, 'proxy_cache');
  if (setting === null || (run.method !== 'GET' && run.method !== 'HEAD')) return null;
  const zone = evaluate(argumentTemplate(setting, 0), run);
  if (zone === 'off' || zone === '') return null;
  return { setting, key: keyOf(run, uri), bypassed: anyHolds(run, 'proxy_cache_bypass'), kept: keeps(run) };
}

function keeps(run: Run): boolean | null {
  const refused = anyHolds(run, 'proxy_no_cache');
  return refused === null ? null : !refused;
}

/** One that is neither empty nor 0 is enough (ngx_http_test_predicates); null when it is not known. */
function anyHolds(run: Run, name: string): boolean | null {
  const { origin, settings } = effective(run.scope, name);
  const values = settings.flatMap((setting) =>
    setting.directive.args.map((_, index) => evaluate(argumentTemplate(setting, index), run)),
  );
  if (values.some((value) => isKnown(value) && value !== '' && value !== '0')) return true;
  return origin === 'unknown' || values.some((value) => !isKnown(value)) ? null : false;
}

const BY_DEFAULT = compileTemplate('$scheme$proxy_host');

/** In pieces: one that is known to differ makes the whole differ, whatever is known at run time only. */
function keyOf(run: Run, uri: Value): readonly Value[] {
  const setting = settingHere(run, 'proxy_cache_key');
  if (setting !== null) return pieces(argumentTemplate(setting, 0), run);
  return [...pieces(BY_DEFAULT, run), uri];
}

function pieces(template: Template, run: Run): readonly Value[] {
  return template.parts.map((part) => evaluate({ ...template, parts: [part], constant: null }, run));
}

/** Whether what is kept for one request may be the answer to the other. */
export function mayShare(one: CacheUse, other: CacheUse): boolean {
  if (one.key.length !== other.key.length) return true;
  return one.key.every((piece, index) => {
    const same = other.key[index] ?? '';
    return !isKnown(piece) || !isKnown(same) || piece === same;
  });
}
