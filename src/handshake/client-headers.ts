import type { Scope } from '../model/scope';
import { isOn } from './flags';
import type { ClientRequest, Header } from './types';

/** The client's headers as nginx takes them. */
export interface Accepted {
  readonly headers: readonly Header[];
  /** Why nginx answers 400; null when it does not. */
  readonly fault: string | null;
}

/** `server`: the server is not known while headers are read; the address's default one decides. */
export function acceptHeaders(request: ClientRequest, server: Scope): Accepted {
  const keepInvalid = !isOn(server, 'ignore_invalid_headers', true);
  const valid = isOn(server, 'underscores_in_headers') ? /^[A-Za-z0-9_-]+$/ : /^[A-Za-z0-9-]+$/;
  const headers = request.headers.filter(([name]) => keepInvalid || valid.test(name));
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host').length;
  if (hosts === 1) return { headers, fault: null };
  const fault = hosts === 0 ? 'a request without Host is answered 400' : 'two Host headers are answered 400';
  return { headers, fault };
}
