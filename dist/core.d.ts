/** Says which handshakes fail, or will drop, and why. Throws RangeError for options that are none. */
export declare function lint(files: Files, options?: LintOptions & TreeOptions): Report;
/** Repairs what can be repaired without changing anything else; what could not is in the report. */
export declare function fix(files: Files, options?: LintOptions & TreeOptions & FixOptions): FixResult;
/** Follows a ws, wss, http or https URL through server and location to the verdict. Throws RangeError for another. */
export declare function trace(files: Files, url: string, options?: LintOptions & TreeOptions): Trace;
/** A report as text. Takes what `lint` and `fix` returned, not a copy of it. */
export declare function format(report: Report, name?: FormatName, options?: FormatOptions): string;
/** All rules. */
export declare const rules: readonly RuleInfo[];
/** Of this package. */
export declare const version: string;
export type Severity = 'error' | 'warning' | 'info';
/** A file's path, with slashes, and its text. */
export type Files = Readonly<Record<string, string>> | ReadonlyMap<string, string>;
/** A number of seconds, or a time as nginx writes it: `"5m"`, `"1h 30m"`. */
export type Time = number | string;
/** What is checked, and how. */
export interface LintOptions {
    /** `"1.28.0"`; left out: what is said holds for every supported version. */
    readonly nginxVersion?: string;
    /** Check, and fix, these rules alone. */
    readonly only?: readonly string[];
    /** Severity by rule, or `[severity, options]`. */
    readonly rules?: Readonly<Record<string, Level | readonly [Level, Readonly<Record<string, unknown>>]>>;
    /** Locations that serve WebSocket: globs over the pattern, `*` crosses `/`. */
    readonly websocket?: readonly string[];
    /** Locations that do not; wins over `websocket`. */
    readonly notWebsocket?: readonly string[];
    /** Hops outside of nginx with their idle timeouts. */
    readonly hops?: readonly {
        readonly name: string;
        readonly idle: Time;
    }[];
    /** How often the application sends a ping. */
    readonly ping?: Time;
    /** Report the values of Authorization, cookies, keys and tokens. */
    readonly showSecrets?: boolean;
}
export type Level = Severity | 'off';
/** Where files in memory stand to each other. */
export interface TreeOptions {
    /** The main file's path; left out: `nginx.conf`, else the one file that holds a whole configuration. */
    readonly main?: string;
    /** Where relative includes start; left out: the main file's directory. */
    readonly prefix?: string;
    /** Directories as the configuration names them -> where they are: `{ "/etc/nginx": "deploy/nginx" }`. */
    readonly maps?: Readonly<Record<string, string>>;
    /** What encloses files without a main file, and that it sets nothing: `["http", "server"]`. */
    readonly context?: readonly string[];
    /** Everything that nginx would read is given: what is not there is missing rather than unknown. */
    readonly complete?: boolean;
}
export interface FixOptions {
    /** Include fixes that may change plain requests, or rest on an assumption. */
    readonly unsafe?: boolean;
}
/** Line and column count from 1, the offset from 0, in UTF-16 code units. */
export interface Point {
    readonly line: number;
    readonly column: number;
    readonly offset: number;
}
/** Half-open: `end` is not in it. */
export interface Span {
    readonly file: string;
    readonly start: Point;
    readonly end: Point;
}
export interface Edit extends Span {
    readonly text: string;
}
export interface Finding extends Span {
    readonly rule: string;
    readonly severity: Severity;
    /** What is wrong, with the offending value. */
    readonly message: string;
    /** What nginx does. */
    readonly why: string | null;
    /** What to do. */
    readonly help: string | null;
    readonly notes: readonly string[];
    readonly related: readonly (Span & {
        readonly message: string;
    })[];
    /** The include directives through which nginx came here, innermost first. */
    readonly via: readonly Span[];
    /** Ids of `Report.routes`. */
    readonly routes: readonly string[];
    /** It is a cause of their failing handshakes. */
    readonly breaks: boolean;
    /** nginx refuses the configuration for it: then every route's handshake fails, whichever are listed. */
    readonly refuses: boolean;
    /** `assumed`: rests on blocks that were not given; the severity is lowered already. */
    readonly certainty: 'certain' | 'assumed';
    readonly docs: string | null;
    readonly fix: {
        readonly title: string;
        readonly safety: 'safe' | 'unsafe';
        readonly edits: readonly Edit[];
    } | null;
    readonly ignored: {
        readonly by: 'comment' | 'baseline' | 'config';
        readonly reason: string | null;
    } | null;
}
export interface Line {
    readonly file: string;
    readonly line: number;
}
export interface Location extends Line {
    readonly modifier: '' | '=' | '^~' | '~' | '~*' | '@';
    readonly pattern: string;
}
/** The request that the backend receives. Null: known at run time only. */
export interface UpstreamRequest {
    readonly method: string | null;
    readonly uri: string | null;
    readonly httpVersion: '1.0' | '1.1' | '2';
    readonly headers: readonly (readonly [name: string, value: string | null])[];
}
export interface Handshake {
    readonly outcome: 'switches' | 'fails' | 'unknown';
    /** What nginx itself answers; null where the backend decides. */
    readonly status: number | null;
    /** Rules that name a cause. */
    readonly causes: readonly string[];
    readonly upstream: UpstreamRequest | null;
    /** Firefox's handshake, where it ends otherwise than Chrome's, which all else is about. */
    readonly firefox?: {
        readonly outcome: 'switches' | 'fails' | 'unknown';
        readonly status: number | null;
    };
}
/** A place that hands requests to a backend. */
export interface Route {
    readonly id: string;
    readonly server: {
        readonly file: string | null;
        readonly line: number | null;
        readonly names: readonly string[];
        readonly listen: readonly string[];
    };
    readonly location: Location | null;
    readonly if: Line | null;
    readonly via: readonly Line[];
    readonly proxyPass: Line & {
        readonly directive: string;
        readonly value: string;
    };
    readonly websocket: {
        readonly serves: 'yes' | 'likely' | 'no';
        readonly evidence: readonly string[];
    };
    readonly url: string | null;
    readonly handshake: Handshake;
}
export interface FixRecord {
    readonly rule: string;
    readonly title: string;
    /** The finding's. */
    readonly file: string;
    /** Those that the fix changed, or changes with its patch; empty where it was not made. */
    readonly files: readonly string[];
    readonly state: 'applied' | 'discarded' | 'available';
    readonly safety: 'safe' | 'unsafe';
    readonly reason: string | null;
    readonly proof: string | null;
}
/** What `nginx-ws-lint --format json` prints. Plain data, but `format` takes only what `lint` and `fix` returned. */
export interface Report {
    readonly schemaVersion: 1;
    readonly tool: {
        readonly name: string;
        readonly version: string;
    };
    readonly nginxVersion: string | null;
    readonly roots: readonly string[];
    readonly files: number;
    readonly notes: readonly string[];
    /** What could not be read, or went wrong. */
    readonly problems: readonly {
        readonly file: string | null;
        readonly message: string;
    }[];
    readonly findings: readonly Finding[];
    readonly routes: readonly Route[];
    readonly fixes: readonly FixRecord[];
    readonly summary: {
        readonly errors: number;
        readonly warnings: number;
        readonly infos: number;
        readonly ignored: number;
        readonly fixed: number;
        readonly fixable: {
            readonly safe: number;
            readonly unsafe: number;
        };
    };
}
export interface FixResult {
    /** What remains. */
    readonly report: Report;
    /** The files that changed, with their new texts. */
    readonly files: Readonly<Record<string, string>>;
    /** The changes as one unified diff, which `git apply` and `patch -p1` take. */
    readonly patch: string;
}
/** What becomes of a browser's handshake with one URL. */
export interface Trace extends Handshake {
    readonly url: string;
    readonly server: Line | null;
    readonly location: Location | null;
    /** An id of `Report.routes`. */
    readonly route: string | null;
    readonly redirect: string | null;
    readonly faults: readonly Step[];
    readonly unknowns: readonly string[];
    readonly steps: readonly Step[];
}
export interface Step {
    readonly what: string;
    readonly file: string | null;
    readonly line: number | null;
}
export type FormatName = 'pretty' | 'compact' | 'json' | 'github' | 'sarif' | 'junit' | 'checkstyle' | 'gitlab' | 'html' | 'markdown';
export interface FormatOptions {
    /** ANSI colours, in `pretty` and `compact`. */
    readonly color?: boolean;
    /** Errors only. */
    readonly quiet?: boolean;
}
export interface RuleInfo {
    readonly id: string;
    readonly severity: Severity;
    readonly summary: string;
    readonly fixable: boolean;
    readonly fix: 'safe' | 'unsafe' | 'safe or unsafe' | null;
    readonly docs: string;
}
export {};
