import type { Check, DoctorProblem, DoctorReport } from '../doctor/types';
import { visible } from './display';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}' +
  'table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d0d7de}' +
  '.pass{color:#116329}.fail{color:#a40e26}.unknown{color:#7d4e00}dt{font-weight:600;margin-top:1rem}dd{margin:0 0 0 1rem}code{font-family:ui-monospace,monospace}' +
  '@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}td,th{border-color:#30363d}.pass{color:#3fb950}.fail{color:#ff7b72}.unknown{color:#d29922}a{color:#58a6ff}}';

/** One file, no scripts, nothing fetched. */
export function doctorHtml(report: DoctorReport): string {
  const title = `WebSocket check of ${report.url}`;
  const parts = [
    `<h1>${text(title)}</h1>`,
    `<p>${report.healthy ? 'Nothing fails.' : '<strong class="fail">Something fails.</strong>'}</p>`,
    `<table><thead><tr><th scope="col">Result</th><th scope="col">Check</th><th scope="col">Evidence</th></tr></thead><tbody>${report.checks.map(row).join('')}</tbody></table>`,
    ...(report.problems.length === 0
      ? []
      : ['<h2>What is wrong, where, what to do</h2>', `<dl>${report.problems.map(problem).join('')}</dl>`]),
    ...configuration(report),
    ...limits(report),
    ...(report.missing.length === 0 ? [] : [`<p>Not looked at: ${report.missing.map(text).join('; ')}.</p>`]),
  ];
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(title)}</title><style>${STYLE}</style></head><body>\n${parts.join('\n')}\n</body></html>\n`;
}

function row({ status, title, evidence }: Check): string {
  return `<tr><td class="${status}">${status}</td><th scope="row">${text(title)}</th><td>${evidence.map(text).join('<br>')}</td></tr>`;
}

function problem({ severity, what, where, todo, rule, docs }: DoctorProblem): string {
  const named =
    rule === null ? '' : docs === null ? ` (${text(rule)})` : ` (<a href="${text(docs)}">${text(rule)}</a>)`;
  return `<dt><span class="${severity === 'error' ? 'fail' : 'unknown'}">${severity}</span> ${text(what)}${named}</dt><dd>where: <code>${text(where)}</code></dd><dd>do: ${text(todo)}</dd>`;
}

function configuration(report: DoctorReport): readonly string[] {
  if (report.configuration === null) return [];
  const { place, explanation } = report.configuration;
  return [
    '<h2>Configuration and reality</h2>',
    `<p><code>${text(place)}</code></p>`,
    `<ul>${explanation.map((each) => `<li>${text(each)}</li>`).join('')}</ul>`,
  ];
}

function limits(report: DoctorReport): readonly string[] {
  const items = report.probe.limits.map(
    ({ product, text: said, source }) =>
      `<li>${text(product)}: ${text(said)} (<a href="${text(source)}">source</a>)</li>`,
  );
  return items.length === 0 ? [] : ['<h2>Known of the proxies on the way</h2>', `<ul>${items.join('')}</ul>`];
}

function text(value: string): string {
  return visible(value).replace(/[&<>"']/g, (unit) => `&#${unit.charCodeAt(0)};`);
}
