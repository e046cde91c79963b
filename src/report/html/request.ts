import type { Outcome, UpstreamHeader } from '../../handshake/types';
import { maskHeader } from '../../lint/secrets';
import { isKnown } from '../../model/value';
import type { Value } from '../../model/value';
import { settingName } from '../places';
import { headerOf } from './stage';
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
  const line = `${valueOf(upstream.method)} ${valueOf(upstream.uri)} <code${wrong.has(':version') ? ' class="bad"' : ''}>HTTP/${upstream.httpVersion}</code>`;
  const rows = upstream.headers.map((header) => {
    const bad = wrong.has(header.name.toLowerCase());
    const mark = bad ? ' <span class="cross">✗ wrong</span>' : '';
    return `<tr${bad ? ' class="bad"' : ''}><th scope="row">${code(header.name)}</th><td>${valueOf(maskedValue(header, page))}${mark}</td><td>${originOf(header)}</td></tr>`;
  });
  return `<details class="request"><summary>The request that the backend gets (${upstream.headers.length} headers)</summary>
<p class="line">${line}</p><table><thead><tr><th scope="col">Header</th><th scope="col">Value</th><th scope="col">From</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>\n`;
}

/** nginx sets these two when the configuration does not (ngx_http_proxy_headers). */
const OWN: ReadonlySet<string> = new Set(['host', 'connection']);

function originOf({ name, setting }: UpstreamHeader): string {
  if (setting !== null) return placed(settingName(setting));
  return OWN.has(name.toLowerCase()) ? "nginx's default" : 'the browser';
}
