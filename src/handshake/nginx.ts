import type { NginxVersion } from '../model/version';

/** The nginx that a request goes through: remembers whether what happened depends on its version. */
export class Nginx {
  private consulted = false;

  constructor(private readonly own: NginxVersion) {}

  /** Nothing was asked yet: up to here every version does the same. */
  get isAny(): boolean {
    return !this.consulted;
  }

  get version(): NginxVersion {
    this.consulted = true;
    return this.own;
  }

  since(version: NginxVersion): boolean {
    return this.version >= version;
  }
}
