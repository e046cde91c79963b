/** An element of a document that was read strictly. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Character data directly in it, entities resolved. */
  text: string;
}

const NAME = '[A-Za-z_][\\w.-]*';
const OPEN = new RegExp(`^<(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);
const CLOSE = new RegExp(`^</(${NAME})\\s*>`);
/** XML 1.0, production 2. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads the part of XML 1.0 that reports use (no DTD, comments or CDATA); whatever else is there throws. */
export function readXml(text: string): Element {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(head)) throw new Error('no XML declaration');
  const wrong = NO_CHARACTER.exec(text);
  if (wrong !== null) throw new Error(`U+${wrong[0].codePointAt(0)?.toString(16)} is no character of XML`);
  const document: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [document];
  let at = head.length;
  while (at < text.length) {
    const rest = text.slice(at, at + 200_000);
    const [whole, step] = readPiece(rest);
    step(open);
    at += whole.length;
  }
  const [root] = document.children;
  if (open.length !== 1 || document.children.length !== 1 || root === undefined || document.text.trim() !== '') {
    throw new Error('not one element');
  }
  return root;
}

type Step = (open: Element[]) => void;

function readPiece(rest: string): readonly [string, Step] {
  const text = /^[^<]+/.exec(rest);
  if (text !== null) return [text[0], (open) => void (top(open).text += resolve(text[0]))];
  const close = CLOSE.exec(rest);
  if (close !== null) {
    const name = close[1] ?? '';
    return [
      close[0],
      (open) => {
        if (open.length < 2 || open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
      },
    ];
  }
  const start = OPEN.exec(rest);
  if (start === null) throw new Error(`no markup: ${rest.slice(0, 80)}`);
  const [whole, name = '', attributes = '', empty] = start;
  const element: Element = { name, attributes: attributesIn(attributes), children: [], text: '' };
  return [
    whole,
    (open) => {
      top(open).children.push(element);
      if (empty !== '/') open.push(element);
    },
  ];
}

function top(open: readonly Element[]): Element {
  const last = open.at(-1);
  if (last === undefined) throw new Error('nothing is open');
  return last;
}

function attributesIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const match of text.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'g'))) {
    const [, name = '', value = ''] = match;
    if (name in found) throw new Error(`${name} twice`);
    if (/[\n\r\t]/.test(value)) throw new Error(`a line break in ${name} would be read as a space`);
    found[name] = resolve(value);
  }
  return found;
}

function resolve(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replace(/&([^;]*;?)/g, (_, name: string) => {
    const known = ENTITIES[name.slice(0, -1)];
    if (known === undefined || !name.endsWith(';')) throw new Error(`&${name}`);
    return known;
  });
}

/** Every element below, itself included. */
export function elementsOf(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(elementsOf)];
}
