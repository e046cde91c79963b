import { withTags } from '../syntax/placeholders';

/** What a terminal or an editor would act on, and U+2028 which old JavaScript takes for a line break. */
const ACTIVE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Tags of templates as they stand in the file. */
function written(_: string, value: unknown): unknown {
  return typeof value === 'string' ? withTags(value) : value;
}

/** JSON to be printed: the same value, but no character of it turns letters round or moves a cursor. */
export function jsonText(value: unknown): string {
  // `##[error]` anywhere in a line is a command to GitHub's runner
  const text = JSON.stringify(value, written, 2).replaceAll('##[', '##\\u005b');
  return `${text.replace(ACTIVE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
