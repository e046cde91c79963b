/** What is printed instead. */
export const MASK = '***';

const SECRET_WORDS =
  /(^|[-_.])(authorization|cookies?|set-cookie|tokens?|secrets?|passw(or)?d|pwd|passphrase|credentials?|sessionid|jwt|bearer|api-?key|apikey|key|auth)([-_.]|$)/;

/** Names that hold a secret word and no secret. */
const HARMLESS = /^(sec-websocket-|.*cache-?key|.*partition-?key|x-forwarded-)/;

/** Whether the value of a header, parameter or variable of this name is to be kept from reports. */
export function isSecretName(name: string): boolean {
  let known = secretNames.get(name);
  if (known === undefined) {
    known = looksSecret(name);
    if (secretNames.size < MOST_NAMES) secretNames.set(name, known);
  }
  return known;
}

/** More are no names that anybody repeats. */
const MOST_NAMES = 1_000;
const secretNames = new Map<string, boolean>();

function looksSecret(name: string): boolean {
  const plain = name
    .toLowerCase()
    .replace(/^\$\{?/, '')
    .replace(/\}$/, '')
    .replace(/_/g, '-')
    .replace(/^(sent-http|upstream-http|http|arg)-/, '');
  return !HARMLESS.test(plain) && SECRET_WORDS.test(plain);
}
