import { visible } from './display';

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * Text for XML 1.0, as element content or between double quotes. Control characters and half surrogate pairs, which no
 * escape can bring into XML, are shown as a terminal shows them; line breaks stay in content.
 */
export function xmlText(text: string): string {
  return text.split('\n').map(xmlLine).join('\n');
}

export function xmlLine(text: string): string {
  return visible(text).replace(
    /[&<>"'\ufffe\uffff]/g,
    (unit) => ENTITIES[unit] ?? `\\u${unit.charCodeAt(0).toString(16)}`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** ` name="value"` for each. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlLine(String(value))}"`)
    .join('');
}
