import type { Rule } from '../src/lint/rule';
import buffering from './buffering';
import connectTimeout from './connect-timeout';
import connectionHeader from './connection-header';
import connectionUpgradeMap from './connection-upgrade-map';
import httpVersion from './http-version';
import includeNotFound from './include-not-found';
import inheritedHeadersDropped from './inherited-headers-dropped';
import misspeltVariable from './misspelt-variable';
import proxyPassScheme from './proxy-pass-scheme';
import readTimeout from './read-timeout';
import sendTimeout from './send-timeout';
import syntax from './syntax';
import upgradeHeader from './upgrade-header';
import zeroTimeout from './zero-timeout';

/** Every rule, in the order in which they are listed and their fixes are made. */
export const rules: readonly Rule[] = [
  // what nginx refuses
  syntax,
  includeNotFound,
  // why a handshake fails
  httpVersion,
  upgradeHeader,
  connectionHeader,
  inheritedHeadersDropped,
  connectionUpgradeMap,
  misspeltVariable,
  proxyPassScheme,
  zeroTimeout,
  // what drops or degrades
  readTimeout,
  sendTimeout,
  connectTimeout,
  buffering,
];
