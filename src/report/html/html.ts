import { plural, routeCounts } from '../counts';
import type { Report, ReportOptions } from '../report';
import { filters } from './filters';
import { findingIndex, generalFindings, overview, remarks } from './overview';
import { wholePage } from './page';
import { pageOf } from './select';
import type { Page } from './select';
import { groups, serverIndex, serverSections, silentServers } from './servers';

/** A page to look at: the way of every handshake from the browser through nginx to the backend, and what breaks it. */
export function html(report: Report, options: ReportOptions): string {
  const page = pageOf(report, options);
  const { fails, websocket } = routeCounts(report.results);
  const body = [
    overview(page),
    '<main>\n',
    findingIndex(page),
    ways(page),
    generalFindings(page),
    remarks(report.results),
    '</main>\n',
    '<footer><p>Worked out from the configuration alone: what nginx does with a browser’s WebSocket handshake on each route. Nothing was sent anywhere.</p></footer>\n',
  ];
  return wholePage(`WebSocket routes of nginx: ${fails} of ${websocket} fail`, body.join(''));
}

function ways(page: Page): string {
  const all = groups(page);
  if (all.length === 0) return '';
  const total = page.report.results.reduce((sum, { routes }) => sum + routes.length, 0);
  const left = total - page.entries.length;
  const more =
    left === 0 ? '' : `<p>${plural(left, 'more route')} not listed here: nginx-ws-lint routes lists all.</p>`;
  return `<section class="ways" aria-labelledby="all"><h2 id="all">Servers and routes</h2>${serverIndex(all)}${filters(page)}${serverSections(all, page)}${silentServers(page.report.results)}${more}</section>\n`;
}
