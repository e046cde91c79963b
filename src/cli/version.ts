import { version } from '../../package.json';

/** Of the package; the bundler puts it in. */
export const VERSION: string = version;

export const TOOL = { name: 'nginx-ws-lint', version: VERSION } as const;
