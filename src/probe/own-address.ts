import { networkInterfaces } from 'node:os';

/** Whether `address` (`10.0.0.1:443`, `[::1]:80`) is one of this machine's. */
export function isOwnAddress(address: string): boolean {
  const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (/^127\./.test(host) || host === '::1') return true;
  return Object.values(networkInterfaces()).some((list) => list?.some((each) => each.address === host) === true);
}
