import type { Configuration, Setting } from '../model/scope';
import { once } from '../text/once';
import { everySetting } from './occurrences';

/** Which differences between clients a configuration can notice. */
export interface Reads {
  /** Firefox's handshake may end otherwise than Chrome's. */
  readonly browser: boolean;
  /** A POST may end otherwise than a GET. */
  readonly method: boolean;
}

/** What Chrome and Firefox send unlike each other, as variables. */
const BROWSER =
  /\$\{?(http_(connection|user_agent|accept|pragma|cache_control|sec_websocket_ext)|ancient_browser|modern_browser|msie)/i;
const METHOD =
  /\$\{?(request_method|request_body|request_length|request\b|content_|http_(content_|origin|accept|transfer))/i;
const METHOD_DIRECTIVES = /^(limit_except|dav_methods|proxy_method|proxy_pass_request_|proxy_cache_methods)/;
/** Code that may read anything. */
const CODE = /lua|^js_|^perl/;

/** Headers and methods act on a configuration through its variables and a few directives: where none of them stands, one browser and one method answer for the others. */
export const readsOf = once((configuration: Configuration): Reads => {
  let reads: Reads = { browser: false, method: false };
  for (const setting of everySetting(configuration)) {
    reads = { browser: reads.browser || readsBrowser(setting), method: reads.method || readsMethod(setting) };
    if (reads.browser && reads.method) break;
  }
  return reads;
});

function readsBrowser({ directive }: Setting): boolean {
  return (
    CODE.test(directive.name) ||
    mentions(directive.name, BROWSER) ||
    directive.args.some((arg) => mentions(arg, BROWSER))
  );
}

function readsMethod({ directive }: Setting): boolean {
  const { name, args } = directive;
  return METHOD_DIRECTIVES.test(name) || CODE.test(name) || args.some((arg) => mentions(arg, METHOD));
}

function mentions(text: string, pattern: RegExp): boolean {
  return text.includes('$') && pattern.test(text);
}
