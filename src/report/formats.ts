/* eslint-disable @typescript-eslint/no-require-imports -- a format is loaded when it is asked for */
import { pretty } from './pretty';
import type { Reporter } from './report';

/** A format is a file of this directory and a line here. */
export const REPORTERS: Readonly<Record<string, () => Reporter>> = {
  pretty: () => pretty,
  compact: () => (require('./compact') as typeof import('./compact')).compact,
  github: () => (require('./github') as typeof import('./github')).github,
  sarif: () => (require('./sarif') as typeof import('./sarif')).sarif,
  junit: () => (require('./junit') as typeof import('./junit')).junit,
  checkstyle: () => (require('./checkstyle') as typeof import('./checkstyle')).checkstyle,
  gitlab: () => (require('./gitlab') as typeof import('./gitlab')).gitlab,
  markdown: () => (require('./markdown') as typeof import('./markdown')).markdown,
  html: () => (require('./html/html') as typeof import('./html/html')).html,
  json: () => (require('./json') as typeof import('./json')).json,
};

/** Formats for people, which may have colours and fit themselves to the terminal. */
export const FOR_PEOPLE: ReadonlySet<string> = new Set(['pretty', 'compact']);

/** Formats that list routes, or name them by their ids: none may stand for another there. */
export const LISTING_ROUTES: ReadonlySet<string> = new Set(['json', 'html', 'junit', 'markdown', 'sarif']);
