import { effective } from '../model/effective';
import { headersOf } from '../model/headers';
import type { HeaderSetting } from '../model/headers';
import type { Route } from '../model/route';
import type { Setting } from '../model/scope';
import { variablesIn } from '../model/template';
import { isMisspeltHeader, misspeltVariable } from './spelling';
import { definingSettings } from '../model/defining-settings';
import type { RuleContext } from './rule';
import type { FaultKind } from '../handshake/types';

/**
 * Why Upgrade or Connection does not arrive as a handshake needs it. Each fault has one cause, and each cause belongs
 * to one rule: that is what keeps a dropped header from being reported as two missing ones.
 */
export type HeaderCause =
  /** No line anywhere. Rule upgrade-header, connection-header. */
  | { readonly kind: 'missing' }
  /** An outer level sets it, this level's own lines discard it. Rule inherited-headers-dropped. */
  | { readonly kind: 'dropped'; readonly lost: HeaderSetting; readonly by: Setting }
  /** A header name nearly right: `Upgarde`, `Upgrade:`. Rule misspelt-variable. */
  | { readonly kind: 'misspelt-name'; readonly line: HeaderSetting; readonly meant: string }
  /** `$http_upgrde`. Rule misspelt-variable. */
  | {
      readonly kind: 'misspelt-variable';
      readonly line: HeaderSetting;
      readonly variable: string;
      readonly meant: string;
    }
  /** The value is a variable that a map (or set) makes, or that nothing defines. Rule connection-upgrade-map. */
  | { readonly kind: 'variable'; readonly line: HeaderSetting; readonly variable: string }
  /** A wrong value. Rule upgrade-header, connection-header. */
  | { readonly kind: 'value'; readonly line: HeaderSetting }
  /** Two lines that are both sent. `line` is the one too many. */
  | { readonly kind: 'twice'; readonly line: HeaderSetting; readonly other: HeaderSetting };

export type HandshakeHeader = 'Upgrade' | 'Connection';

const KINDS: Readonly<Record<HandshakeHeader, readonly FaultKind[]>> = {
  Upgrade: ['upgrade-missing', 'upgrade-wrong', 'upgrade-twice'],
  Connection: ['connection-missing', 'connection-wrong', 'connection-close'],
};

/** The cause of the route's faults in this header; null when there are none. */
export function causeOf(context: RuleContext, route: Route, header: HandshakeHeader): HeaderCause | null {
  const fault = context.faults(route, ...KINDS[header])[0];
  if (fault === undefined) return null;
  const { settings, hidden } = effective(route.scope, 'proxy_set_header');
  const all = headersOf(settings);
  const key = header.toLowerCase();
  const lines = all.filter((line) => line.key === key);
  const sent = lines.filter(({ value }) => value !== '');
  if (fault.kind === 'upgrade-twice' || (fault.kind === 'connection-close' && sent.length > 1)) {
    return tooMany(sent, fault.setting);
  }
  const wrong = lines.find(({ setting }) => setting === fault.setting) ?? sent.at(-1) ?? lines.at(-1);
  if (wrong !== undefined) return causeInValue(context, wrong);
  const lost = headersOf(hidden).find((line) => line.key === key && line.value !== '');
  const by = settings[0];
  if (lost !== undefined && by !== undefined) return { kind: 'dropped', lost, by };
  const misspelt = all.find((line) => isMisspeltHeader(line.key, key));
  return misspelt === undefined ? { kind: 'missing' } : { kind: 'misspelt-name', line: misspelt, meant: header };
}

/** Of two lines the one that spoils it: the fault's own, else the later. */
function tooMany(sent: readonly HeaderSetting[], setting: Setting | null): HeaderCause | null {
  const line = sent.find((candidate) => candidate.setting === setting) ?? sent.at(-1);
  const other = sent.find((candidate) => candidate !== line);
  return line === undefined || other === undefined ? null : { kind: 'twice', line, other };
}

function causeInValue(context: RuleContext, line: HeaderSetting): HeaderCause {
  for (const variable of variablesIn(line.value)) {
    if (line.value.includes(`\\$${variable}`)) continue;
    const meant = misspeltVariable(context.configuration, variable, line.key);
    if (meant !== null) return { kind: 'misspelt-variable', line, variable, meant };
    const defined = definingSettings(context.configuration, variable).length > 0;
    if (defined || !variable.startsWith('http_')) return { kind: 'variable', line, variable };
  }
  return { kind: 'value', line };
}
