import { once } from '../text/once';
import type { Scope, Setting } from './scope';
import { effective } from './effective';

/** One `proxy_set_header name value;` (or another list of name and value). */
export interface HeaderSetting {
  readonly name: string;
  /** Lower case: nginx compares header names without regard to case. */
  readonly key: string;
  readonly value: string;
  readonly setting: Setting;
}

export function headerOf(setting: Setting): HeaderSetting {
  const { args } = setting.directive;
  const name = args[0] ?? '';
  return { name, key: name.toLowerCase(), value: args[1] ?? '', setting };
}

/** Thousands of routes may inherit thousands of lines: from here on a level's list is kept. */
const KEPT_FROM = 12;

export function headersOf(settings: readonly Setting[]): readonly HeaderSetting[] {
  return settings.length < KEPT_FROM ? settings.map(headerOf) : keptHeaders(settings);
}

const keptHeaders = once((settings: readonly Setting[]): readonly HeaderSetting[] => settings.map(headerOf));

/** The proxy_set_header lines that apply in a scope, in nginx's order. */
export function effectiveHeaders(scope: Scope): readonly HeaderSetting[] {
  return headersOf(effective(scope, 'proxy_set_header').settings);
}
