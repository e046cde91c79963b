/** What a kind of line means. Measured on nginx 1.22.1 and 1.31.4 unless its text says otherwise. */
export interface Signature {
  /** Stable, for scripts. */
  readonly id: string;
  /** `nginx`: its error log. `access`: seen in access logs. `foreign`: no nginx prints it. */
  readonly source: 'nginx' | 'access' | 'foreign';
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  /** Rules that find the cause in a configuration. */
  readonly rules: readonly string[];
  /** `harmless`: a line that looks bad and is not. */
  readonly weight: 'breaks' | 'drops' | 'harmless';
  /** Says something of WebSocket only when the request is for an endpoint: plain requests print it as well. */
  readonly endpointOnly?: boolean;
  /** The same, but of a path that nothing is known of it is told with a `may`: backends fail handshakes and others alike. */
  readonly alsoPlain?: boolean;
}

/** A signature of the error log: the line's message holds all of `holds`. */
export interface ErrorSignature extends Signature {
  readonly holds: readonly string[];
}

/** A line of nginx's error log, taken apart. Texts are byte strings. */
export interface ErrorLine {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  /** From the tail that nginx appends; null where it has none. */
  readonly server: string | null;
  readonly method: string | null;
  readonly target: string | null;
  readonly upstream: string | null;
  readonly host: string | null;
}

/** A line of an access log as far as it could be read. */
export interface AccessLine {
  readonly time: string | null;
  readonly method: string | null;
  readonly target: string | null;
  readonly status: number;
  /** The backend's own status, when the format has it: `-` for none. */
  readonly upstreamStatus: string | null;
  /** $request_time in seconds, when the format has it. */
  readonly seconds: number | null;
  readonly host: string | null;
  /** $http_upgrade, when the format has it; `-` for none, also of HTTP/2 and 3, which have no such header. */
  readonly upgrade: string | null;
}

/** Lines of one kind about one place. */
export interface LogGroup {
  readonly signature: Signature;
  readonly count: number;
  /** Path without query; null when the lines name none, or when there were too many to tell apart. */
  readonly path: string | null;
  readonly host: string | null;
  readonly server: string | null;
  /** host:port or URL of the backend. */
  readonly upstream: string | null;
  readonly level: string | null;
  readonly status: number | null;
  /** Time stamps as the log has them. */
  readonly first: string | null;
  readonly last: string | null;
  /** Line numbers count from 1, in the file that `file` names. */
  readonly file: string;
  readonly line: number;
  /** The first of them, shortened, queries masked. */
  readonly sample: string;
  /** Of 101s that ended: the shortest and longest $request_time. */
  readonly seconds: Lengths | null;
  /** False: plain requests leave such lines too, and nothing shows that these were for a WebSocket. */
  readonly certain: boolean;
}

export interface Lengths {
  readonly least: number;
  readonly most: number;
}

export interface LogSummary {
  readonly lines: number;
  readonly errorLines: number;
  readonly accessLines: number;
  /** Neither nginx's nor a known stranger's: counted, not guessed. */
  readonly unknownLines: number;
  /** nginx's own lines that say nothing about WebSocket. */
  readonly otherLines: number;
  readonly groups: readonly LogGroup[];
  /** Groups that were merged because there were too many. */
  readonly merged: boolean;
  /** WebSocket connections that were opened and have ended (101 in the access log). */
  readonly switched: number;
}
