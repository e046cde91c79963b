import type { LintResult } from '../../lint/result';
import { countsOf, filesOf, plural, routeCounts } from '../counts';
import { commonVersion } from '../json';
import { findingBlock, findingRow } from './finding';
import type { Page } from './select';
import { code, html } from './text';

/** What a reader wants to know first: does it work, how much does not, of what is this. */
export function overview({ report }: Page): string {
  const { results, tool } = report;
  const counts = routeCounts(results);
  const { errors, warnings, infos, ignored } = countsOf(results);
  const version = commonVersion(results);
  const roots = results.slice(0, 5).map(({ root }) => code(root === '' ? 'standard input' : root));
  const more = results.length > roots.length ? ` and ${results.length - roots.length} more` : '';
  return `<header class="top"><p class="tool">nginx-ws-lint ${html(tool.version)}</p>
<h1 class="${counts.fails > 0 || errors > 0 ? 'fails' : counts.unknown > 0 ? 'unknown' : 'switches'}">${headline(counts, errors)}</h1>
<p class="of">${roots.join(', ')}${more}, ${plural(filesOf(results), 'file')}, judged for ${version === null ? 'every nginx from 1.18.0 on' : `nginx ${version}`}</p>
${bar(counts)}
<ul class="tiles">${[
    tile('error', errors, 'error'),
    tile('warning', warnings, 'warning'),
    tile('info', infos, 'info'),
    ...(ignored > 0 ? [tile('ignored', ignored, 'ignored', 'ignored')] : []),
  ].join('')}</ul></header>\n`;
}

type Counts = ReturnType<typeof routeCounts>;

function headline({ all, websocket, switches, fails, unknown }: Counts, errors: number): string {
  if (all === 0)
    return errors > 0 ? plural(errors, 'error') : 'No route proxies: there is no WebSocket handshake to judge';
  if (websocket === 0)
    return errors > 0 ? plural(errors, 'error') : `${plural(all, 'proxying route')}, none known to serve WebSocket`;
  if (fails > 0) return `${fails} of ${plural(websocket, 'WebSocket route')} ${fails === 1 ? 'fails' : 'fail'}`;
  if (unknown > 0)
    return `${switches} of ${plural(websocket, 'WebSocket route')} ${switches === 1 ? 'switches' : 'switch'}, ${unknown} cannot be known`;
  return websocket === 1 ? 'The WebSocket route switches' : `All ${websocket} WebSocket routes switch`;
}

/** Shares of the handshakes, drawn; the words stand below it. */
function bar({ websocket, switches, fails, unknown }: Counts): string {
  if (websocket === 0) return '';
  let at = 0;
  const part = (name: string, count: number): string => {
    const width = (count / websocket) * 1000;
    const drawn = `<rect class="${name}" x="${at.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`;
    at += width;
    return count === 0 ? '' : drawn;
  };
  const parts = part('fails', fails) + part('unknown', unknown) + part('switches', switches);
  const words = `${fails} ${fails === 1 ? 'fails' : 'fail'}, ${unknown} unknown, ${switches} ${switches === 1 ? 'switches' : 'switch'}`;
  return `<figure class="bar"><svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${words}">${parts}</svg><figcaption><span class="count fails">✗ ${fails} ${fails === 1 ? 'fails' : 'fail'}</span> <span class="count unknown">? ${unknown} unknown</span> <span class="count switches">✓ ${switches} ${switches === 1 ? 'switches' : 'switch'}</span></figcaption></figure>\n`;
}

function tile(name: string, count: number, one: string, many = `${one}s`): string {
  return `<li class="${name}${count === 0 ? ' none' : ''}"><b>${count}</b> ${count === 1 ? one : many}</li>`;
}

const MOST_ROWS = 300;
/** Not folded. */
const FEW_ROWS = 8;

/** Every finding in a line, gravest first; each leads to where it stands in full. */
export function findingIndex(page: Page): string {
  const { findings } = page;
  if (findings.length === 0) return '';
  const rows = findings.slice(0, MOST_ROWS).map((one) => findingRow(one, page));
  const left = findings.length > MOST_ROWS ? `<li>${findings.length - MOST_ROWS} not listed here</li>` : '';
  const first = `<ul class="findings">${rows.slice(0, FEW_ROWS).join('')}</ul>`;
  const rest =
    findings.length > FEW_ROWS
      ? `<details><summary>${findings.length - FEW_ROWS} more</summary><ul class="findings">${rows.slice(FEW_ROWS).join('')}${left}</ul></details>`
      : '';
  return `<section class="index" aria-labelledby="findings"><h2 id="findings">Findings (${findings.length})</h2>${first}${rest}${next(page)}</section>\n`;
}

function next({ report }: Page): string {
  if (report.next.length === 0) return '';
  const rows = report.next.map(({ what, command }) => `<li>${code(command)} ${html(what)}</li>`);
  return `<div class="next"><strong>Next</strong><ul>${rows.join('')}</ul></div>`;
}

/** Findings that stand under no route: about the whole configuration, or beyond the pictures. */
export function generalFindings(page: Page): string {
  const blocks = page.findings
    .filter(({ diagnostic }) => page.ids.has(diagnostic) && !page.homes.has(diagnostic))
    .map((one) => findingBlock(one, page, 3));
  if (blocks.length === 0) return '';
  return `<section class="general" aria-labelledby="general"><h2 id="general">Beside the routes</h2>${blocks.join('')}</section>\n`;
}

export function remarks(results: readonly LintResult[]): string {
  const problems = results
    .flatMap((result) => result.problems)
    .map(
      ({ file, message }) =>
        `<li><span class="badge error">not read</span> ${file === null ? '' : `${code(file)}: `}${html(message)}</li>`,
    );
  const notes = results.flatMap((result) => result.notes).map((note) => `<li>${html(note)}</li>`);
  const all = [...problems, ...notes];
  if (all.length === 0) return '';
  const more = all.length > MOST_ROWS ? `<li>${all.length - MOST_ROWS} more</li>` : '';
  return `<section class="notes" aria-labelledby="notes"><h2 id="notes">Notes</h2><ul>${all.slice(0, MOST_ROWS).join('')}${more}</ul></section>\n`;
}
