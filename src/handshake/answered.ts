import { unknown } from '../model/value';
import type { Value } from '../model/value';
import type { Builtin } from '../model/variables';
import { headerValue } from './request-values';
import type { Run } from './run';

/** Stands for the Sec-WebSocket-Accept that goes with the client's key: the backend works it out rightly. */
const ACCEPT = '(the accept of the key)';

/** What a header of the backend's 101 is; null for others than RFC 6455 prescribes. */
function sentByBackend(run: Run, name: string): Value | null {
  switch (name) {
    case 'upgrade':
      return 'websocket';
    case 'connection':
      return 'upgrade';
    case 'sec_websocket_accept':
      return ACCEPT;
    case 'sec_websocket_protocol':
      return headerValue(run, name) === null ? '' : unknown('which subprotocol the backend chooses');
    default:
      return null;
  }
}

/** The request while the backend's 101 is on its way back: the values of `add_header` are worked out then. */
export function answered(run: Run): Run {
  return {
    ...run,
    values: new Map(run.values),
    builtin(name) {
      return ofAnswer(this, name) ?? run.builtin.call(this, name);
    },
  };
}

function ofAnswer(run: Run, name: string): Builtin | null {
  if (name === 'status') return { value: String(run.errStatus === 0 ? 101 : run.errStatus), cached: false };
  if (name === 'upstream_status') return { value: '101', cached: false };
  if (!name.startsWith('upstream_')) return null;
  const sent = name.startsWith('upstream_http_') ? sentByBackend(run, name.slice('upstream_http_'.length)) : null;
  return { value: sent ?? unknown(`$${name} is the backend's`), cached: false };
}

/** Whether a header that a browser insists on says what it must. */
export function isRight(name: string, value: Value): boolean {
  if (name === 'sec-websocket-accept') return value === ACCEPT;
  return typeof value === 'string' && value.toLowerCase() === 'websocket';
}
