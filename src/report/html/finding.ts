import type { Diagnostic } from '../../lint/result';
import { routeName } from '../finding';
import { placeName } from '../places';
import { codeFrame, patch } from './marked';
import type { Page } from './select';
import type { Located } from '../ordered';
import { code, html, placed } from './text';

const MOST_ROUTES_NAMED = 20;

export function severityBadge({ severity }: Diagnostic): string {
  return `<span class="badge ${severity}">${severity}</span>`;
}

/** A finding in full, under a heading of this level: what, where with its lines, why, what to do, the patch. */
export function findingBlock({ diagnostic, result }: Located, page: Page, level: 3 | 4): string {
  const { options, mask, ids } = page;
  const id = ids.get(diagnostic);
  const { message, why, notes, related, via, help, certainty } = diagnostic;
  const said = (name: string, text: string): string =>
    `<p class="${name}"><strong>${name}</strong> ${html(mask(text))}</p>`;
  const parts = [
    `<h${level}>${severityBadge(diagnostic)} ${html(mask(message))} ${ruleLink(diagnostic, page)}</h${level}>`,
    `<p class="at">${placed(placeName(result.sources, diagnostic))}${included(via.map((at) => placeName(result.sources, at)))}</p>`,
    codeFrame(diagnostic, result, { showSecrets: options.showSecrets, context: 2 }) ?? '',
    why === null ? '' : said('why', why),
    ...notes.map((note) => said('note', note)),
    certainty === 'assumed' ? said('note', 'this rests on blocks that were not given') : '',
    ...related.map((at) => {
      const lines = codeFrame(at, result, { showSecrets: options.showSecrets, context: 0 }) ?? '';
      return `<p class="see"><strong>see</strong> ${placed(placeName(result.sources, at))}: ${html(mask(at.message))}</p>${lines}`;
    }),
    help === null ? '' : said('help', help),
    fixPart(diagnostic, result, options.showSecrets),
    routesPart({ diagnostic, result }, page),
  ];
  return `<section class="finding ${diagnostic.severity}"${id === undefined ? '' : ` id="${id}"`}>${parts.join('')}</section>\n`;
}

function ruleLink({ rule }: Diagnostic, { report }: Page): string {
  const docs = report.docs(rule);
  return docs === null
    ? `<span class="rule">${html(rule)}</span>`
    : `<a class="rule" href="${html(docs)}" rel="noreferrer">${html(rule)}</a>`;
}

export function included(places: readonly string[]): string {
  return places.length === 0 ? '' : ` <span class="via">included from ${places.map(placed).join(', from ')}</span>`;
}

function fixPart({ fix }: Diagnostic, { sources }: Located['result'], showSecrets: boolean): string {
  if (fix === null) return '';
  const how = fix.safety === 'safe' ? `safe: ${code('--fix')}` : `may change more: ${code('--fix --unsafe-fixes')}`;
  return `<p class="fix"><strong>fix</strong> ${html(fix.title)} <span class="how">${how}</span></p>${patch(fix, sources, showSecrets)}`;
}

/** Only where there are several: a single one is the one it stands under. */
function routesPart({ diagnostic, result }: Located, { byRoute }: Page): string {
  const { routes, breaks } = diagnostic;
  if (routes.length < 2) return '';
  const links = routes.slice(0, MOST_ROUTES_NAMED).map((route) => {
    const entry = byRoute.get(route);
    const name = html(routeName(route, result));
    return entry === undefined ? name : `<a href="#${entry.id}">${name}</a>`;
  });
  const more = routes.length > links.length ? ` and ${routes.length - links.length} more` : '';
  return `<p class="routes"><strong>${breaks ? 'breaks' : 'routes'}</strong> ${links.join(', ')}${more}</p>`;
}

/** One line that leads to the block. */
export function findingRow({ diagnostic, result }: Located, { ids, mask }: Page): string {
  const id = ids.get(diagnostic);
  const message = html(mask(diagnostic.message));
  const what = id === undefined ? message : `<a href="#${id}">${message}</a>`;
  const fix = diagnostic.fix === null ? '' : ` <span class="badge fixable">${diagnostic.fix.safety} fix</span>`;
  return `<li>${severityBadge(diagnostic)} <span class="what">${what}${fix}</span> ${placed(placeName(result.sources, diagnostic))}</li>\n`;
}
