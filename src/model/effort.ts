/**
 * How much has been done for requests: regexes tried, directives run, levels searched. A deterministic clock: what is
 * square in a hostile configuration is given up by it, on every machine at the same place.
 */
let spent = 0;

export function spend(units: number): void {
  spent += units;
}

export function effort(): number {
  return spent;
}
