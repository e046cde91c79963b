import { outcomeOf } from '../counts';
import type { Page } from './select';

/**
 * Filters that work without a script: radio buttons and a check box, which the style sheet asks with :has(); a server
 * is chosen by its link (:target). Without :has() everything is shown.
 */
export function filters({ entries }: Page): string {
  if (entries.length < 2) return '';
  const ws = entries.filter(({ verdict }) => verdict.route.websocket.serves !== 'no');
  const others = entries.length - ws.length;
  const counted = ws.length === 0 ? entries : ws;
  const of = (outcome: string): number => counted.filter(({ verdict }) => outcomeOf(verdict) === outcome).length;
  const radio = (id: string, text: string, checked = false): string =>
    `<label><input type="radio" name="outcome" id="${id}"${checked ? ' checked' : ''}> ${text}</label>`;
  const boxes = [
    radio('show-all', 'all', true),
    radio('show-fails', `fails (${of('fails')})`),
    radio('show-unknown', `unknown (${of('unknown')})`),
    radio('show-switches', `switches (${of('switches')})`),
  ];
  const plain =
    others === 0 || ws.length === 0
      ? ''
      : `<label class="plain"><input type="checkbox" id="show-plain"> others too (${others})</label>`;
  return `<form class="filters" id="filters"><fieldset><legend>Handshakes</legend>${boxes.join('')}</fieldset>${plain}</form>\n`;
}
