import type { Position } from '../../text/source';
import { xmlLine } from '../xml';

/** Names may be as long as a file: more than this of one is not shown. */
const LONGEST = 600;

/** Text that others wrote, as content or in an attribute. */
export function html(text: string): string {
  return xmlLine(text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`);
}

/** Text as it stands in a configuration or a request: no letters of it are reordered with what is around. */
export function code(text: string): string {
  return `<code>${html(text)}</code>`;
}

/** `conf.d/app.conf:14` */
export function placed(name: string): string {
  return `<span class="place">${html(name)}</span>`;
}

export function lineName(file: string, { line }: Pick<Position, 'line'>): string {
  return `${file}:${line}`;
}

/** One of the drawings in the page's head. For people who see it a word stands beside it. */
export function icon(name: 'client' | 'server' | 'backend' | 'clock' | 'cross' | 'tick' | 'question'): string {
  return `<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${name}"/></svg>`;
}
