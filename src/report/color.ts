/** Wraps text in terminal colours, or leaves it as it is. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

const COLORED = painters(true);
const PLAIN = painters(false);

export function paint(color: boolean): Paint {
  return color ? COLORED : PLAIN;
}

function painters(color: boolean): Paint {
  const painter = (name: keyof typeof CODES): ((text: string) => string) => {
    const [on, off] = CODES[name];
    return (text) => (color && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text);
  };
  return {
    bold: painter('bold'),
    dim: painter('dim'),
    red: painter('red'),
    green: painter('green'),
    yellow: painter('yellow'),
    blue: painter('blue'),
    cyan: painter('cyan'),
  };
}
