import type { Diagnostic, RouteVerdict } from '../../lint/result';
import { outcomeOf, plural } from '../counts';
import { settingName } from '../places';
import { findingBlock } from './finding';
import { requestTable } from './request';
import type { Entry, Page } from './select';
import { code, html, placed } from './text';
import { way } from './way';

const OUTCOMES = { switches: ['✓', 'switches'], fails: ['✗', 'fails'], unknown: ['?', 'unknown'] } as const;

export function outcomeBadge(verdict: RouteVerdict): string {
  const outcome = outcomeOf(verdict);
  const [mark, word] = OUTCOMES[outcome];
  return `<span class="badge ${outcome}"><span aria-hidden="true">${mark}</span> ${word}</span>`;
}

/** One route: a line, and behind it the way of the handshake, what the backend gets, and the findings. */
export function routeBlock(entry: Entry, page: Page, open: boolean): string {
  const { verdict, id, pictured } = entry;
  const { route } = verdict;
  const found = page.findingsOf.get(route) ?? [];
  const classes = `route ${outcomeOf(verdict)} ${route.websocket.serves === 'no' ? 'plain' : 'ws'}`;
  const line = routeLine(verdict, found, page);
  if (!pictured) return `<div class="${classes} bare" id="${id}"><div class="head">${line}</div></div>\n`;
  const parts = [
    way(entry, page),
    evidence(verdict),
    findingsPart(entry, found, page),
    verdict.handshake === null ? '' : requestTable(verdict.handshake, page),
    steps(verdict, page),
  ];
  return `<details class="${classes}" id="${id}"${open ? ' open' : ''}><summary>${line}</summary>\n<div class="body">${parts.join('')}</div></details>\n`;
}

function routeLine(verdict: RouteVerdict, found: readonly Diagnostic[], { mask }: Page): string {
  const { route } = verdict;
  const { name, args } = route.pass.directive;
  const passed = mask(`${name} ${args.join(' ')}`);
  const plain = route.websocket.serves === 'no' ? ' <span class="badge plainly">not known to be WebSocket</span>' : '';
  return `${outcomeBadge(verdict)} <span class="name">${code(route.label)}<span class="to" aria-hidden="true"> → </span><span class="pass">${code(passed)}</span></span>${plain} ${tally(found)}`;
}

function tally(found: readonly Diagnostic[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const { length } = found.filter((one) => one.severity === severity);
    return length === 0 ? [] : [`<span class="count ${severity}">${plural(length, severity)}</span>`];
  });
  return parts.length === 0 ? '' : `<span class="counts">${parts.join(' ')}</span>`;
}

function evidence({ route: { websocket } }: RouteVerdict): string {
  const { serves, reasons, hints, product } = websocket;
  const why = (serves === 'no' ? hints : reasons).slice(0, 3);
  const word = { yes: 'serves WebSocket', likely: 'likely serves WebSocket', no: 'not known to serve WebSocket' }[
    serves
  ];
  const named = product === null ? '' : ` (${html(product)})`;
  return `<p class="evidence"><strong>${word}</strong>${named}${why.length === 0 ? '' : `: ${html(why.join('; '))}`}</p>`;
}

/** Those that stand here in full, and links to those that stand elsewhere. */
function findingsPart(entry: Entry, found: readonly Diagnostic[], page: Page): string {
  const here = found.filter((diagnostic) => page.homes.get(diagnostic) === entry);
  const elsewhere = found.filter((diagnostic) => page.homes.get(diagnostic) !== entry);
  const links = elsewhere.map((diagnostic) => {
    const id = page.ids.get(diagnostic);
    const text = html(page.mask(diagnostic.message));
    return `<li><span class="badge ${diagnostic.severity}">${diagnostic.severity}</span> ${id === undefined ? text : `<a href="#${id}">${text}</a>`}</li>`;
  });
  const blocks = here.map((diagnostic) => findingBlock({ diagnostic, result: entry.result }, page, 4));
  const list = links.length === 0 ? '' : `<ul class="elsewhere">${links.join('')}</ul>`;
  return blocks.join('') + list;
}

/** How nginx comes to the verdict, decision by decision. */
function steps({ handshake }: RouteVerdict, { mask }: Page): string {
  if (handshake === null || handshake.steps.length === 0) return '';
  const items = handshake.steps.map(({ what, setting }) => {
    return `<li>${html(mask(what))}${setting === null ? '' : ` ${placed(settingName(setting))}`}</li>`;
  });
  return `<details class="steps"><summary>Step by step (${handshake.steps.length})</summary><ol>${items.join('')}</ol></details>`;
}
