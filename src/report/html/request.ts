import type { Outcome, UpstreamHeader } from '../../handshake/types';
import { maskHeader, maskText } from '../../lint/secrets';
import { isKnown } from '../../model/value';
import type { Value } from '../../model/value';
import { plural } from '../counts';
import { settingName } from '../places';
import { headerOf } from '../stage';
import type { Page } from './select';
import { code, html, placed } from './text';

/** A value as it is shown: masked, or why it is not known. */
export function valueOf(value: Value): string {
  return isKnown(value) ? code(value) : `<span class="unclear">${html(value.unknown)}</span>`;
}

export function maskedValue({ name, value, setting }: UpstreamHeader, { options }: Page): Value {
  return isKnown(value) && setting !== null && !options.showSecrets ? maskHeader(name, value) : value;
}

/** The headers that the handshake's faults are about, in lower case. */
export function wrongHeaders({ faults }: Outcome): ReadonlySet<string> {
  return new Set(faults.map(({ kind }) => headerOf(kind)).filter((name) => name !== null));
}

/** The request as the backend gets it, each header with where it comes from. */
export function requestTable(outcome: Outcome, page: Page): string {
  const { upstream } = outcome;
  if (upstream === null) return '';
  const wrong = wrongHeaders(outcome);
  const line = `${valueOf(upstream.method)} ${valueOf(maskedUri(outcome, page))} <code${wrong.has(':version') ? ' class="bad"' : ''}>HTTP/${upstream.httpVersion}</code>`;
  const own = upstream.headers.filter((header) => !passedOn(header) || wrong.has(header.name.toLowerCase()));
  const others = upstream.headers.filter((header) => !own.includes(header));
  const rows = own.map((header) => headerRow(header, wrong.has(header.name.toLowerCase()), page));
  return `<details class="request"><summary>The request that the backend gets (${plural(upstream.headers.length, 'header')})</summary>
<p class="line">${line}</p><table><thead><tr><th scope="col">Header</th><th scope="col">Value</th><th scope="col">From</th></tr></thead><tbody>${rows.join('')}</tbody></table>${asSent(others)}</details>\n`;
}

/** Tokens among its arguments are kept back. */
export function maskedUri({ upstream }: Outcome, { options }: Page): Value {
  const uri = upstream?.uri ?? '';
  return isKnown(uri) && !options.showSecrets ? maskText(uri) : uri;
}

function headerRow(header: UpstreamHeader, bad: boolean, page: Page): string {
  const mark = bad ? ' <span class="cross">✗ wrong</span>' : '';
  return `<tr${bad ? ' class="bad"' : ''}><th scope="row">${code(header.name)}</th><td>${valueOf(maskedValue(header, page))}${mark}</td><td>${originOf(header)}</td></tr>`;
}

/** The rest of them by name: their values are the browser's. */
function asSent(headers: readonly UpstreamHeader[]): string {
  if (headers.length === 0) return '';
  return `<p>As the browser sends them: ${headers.map(({ name }) => code(name)).join(', ')}.</p>`;
}

/** nginx sets these two when the configuration does not (ngx_http_proxy_headers). */
const OWN: ReadonlySet<string> = new Set(['host', 'connection']);

function passedOn({ name, setting }: UpstreamHeader): boolean {
  return setting === null && !OWN.has(name.toLowerCase());
}

function originOf(header: UpstreamHeader): string {
  if (header.setting !== null) return placed(settingName(header.setting));
  return passedOn(header) ? 'the browser' : "nginx's default";
}
