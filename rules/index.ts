import type { Rule } from '../src/lint/rule';
import buffering from './buffering';
import cachedHandshake from './cached-handshake';
import caseSensitiveTest from './case-sensitive-test';
import conflictingServerName from './conflicting-server-name';
import connectTimeout from './connect-timeout';
import connectionHeader from './connection-header';
import connectionUpgradeMap from './connection-upgrade-map';
import forwardedHeaders from './forwarded-headers';
import handshakeHeadersStripped from './handshake-headers-stripped';
import hopTimeout from './hop-timeout';
import hostHeader from './host-header';
import httpVersion from './http-version';
import ifWithoutBreak from './if-without-break';
import includeNotFound from './include-not-found';
import ineffectiveSetting from './ineffective-setting';
import inheritedHeadersDropped from './inherited-headers-dropped';
import limitExcept from './limit-except';
import misspeltVariable from './misspelt-variable';
import noResolver from './no-resolver';
import originOverwritten from './origin-overwritten';
import plainHttp2Listen from './plain-http2-listen';
import proxyPassNotInherited from './proxy-pass-not-inherited';
import proxyPassScheme from './proxy-pass-scheme';
import proxyPassUri from './proxy-pass-uri';
import readTimeout from './read-timeout';
import redirectedHandshake from './redirected-handshake';
import refusedDirective from './refused-directive';
import rejectedRequest from './rejected-request';
import refusedHandshake from './refused-handshake';
import regexMapCaptures from './regex-map-captures';
import responseHeaders from './response-headers';
import secondHandler from './second-handler';
import sendTimeout from './send-timeout';
import sessionAffinity from './session-affinity';
import shadowedLocation from './shadowed-location';
import sharedLocationUpgrade from './shared-location-upgrade';
import syntax from './syntax';
import tryFilesBesideProxyPass from './try-files-beside-proxy-pass';
import unknownUpstream from './unknown-upstream';
import unreachableLocation from './unreachable-location';
import unusedIgnore from './unused-ignore';
import upgradeHeader from './upgrade-header';
import upgradeInSubrequest from './upgrade-in-subrequest';
import upgradeSmuggling from './upgrade-smuggling';
import upstreamCapacity from './upstream-capacity';
import upstreamKeepalive from './upstream-keepalive';
import upstreamTls from './upstream-tls';
import workerConnections from './worker-connections';
import workerShutdownTimeout from './worker-shutdown-timeout';
import wrongProxyModule from './wrong-proxy-module';
import zeroTimeout from './zero-timeout';

/** Every rule, in the order in which they are listed and their fixes are made. */
export const rules: readonly Rule[] = [
  // what nginx refuses
  syntax,
  refusedDirective,
  includeNotFound,
  // why a handshake fails
  httpVersion,
  upgradeHeader,
  connectionHeader,
  inheritedHeadersDropped,
  connectionUpgradeMap,
  misspeltVariable,
  proxyPassScheme,
  wrongProxyModule,
  proxyPassNotInherited,
  secondHandler,
  handshakeHeadersStripped,
  responseHeaders,
  ifWithoutBreak,
  caseSensitiveTest,
  noResolver,
  limitExcept,
  plainHttp2Listen,
  rejectedRequest,
  tryFilesBesideProxyPass,
  redirectedHandshake,
  refusedHandshake,
  shadowedLocation,
  unreachableLocation,
  conflictingServerName,
  zeroTimeout,
  // what drops or degrades
  readTimeout,
  hopTimeout,
  sendTimeout,
  connectTimeout,
  buffering,
  ineffectiveSetting,
  upgradeInSubrequest,
  proxyPassUri,
  unknownUpstream,
  upstreamTls,
  cachedHandshake,
  sessionAffinity,
  sharedLocationUpgrade,
  regexMapCaptures,
  hostHeader,
  originOverwritten,
  forwardedHeaders,
  upgradeSmuggling,
  // capacity, and what a reload does
  upstreamKeepalive,
  upstreamCapacity,
  workerConnections,
  workerShutdownTimeout,
  // this tool's own comments
  unusedIgnore,
];
