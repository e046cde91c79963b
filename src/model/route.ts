import type { Scope, Setting } from './scope';

/** A place that hands requests to a backend: (server, location, if) with its *_pass, per occurrence. */
export interface Route {
  /** Opaque, unique and stable for equal input. */
  readonly id: string;
  readonly server: Scope;
  /** The location; null when the pass stands in an `if` at server level (nginx refuses that for proxy_pass). */
  readonly location: Scope | null;
  /** The `if` or `limit_except` inside the location that holds the pass. */
  readonly inner: Scope | null;
  /** Innermost scope: where settings for this route are looked up. */
  readonly scope: Scope;
  /** proxy_pass, uwsgi_pass, fastcgi_pass, scgi_pass, grpc_pass, memcached_pass. */
  readonly pass: Setting;
  /** What people call it: `location /ws/`. */
  readonly label: string;
  /** Names of the server, where the route stands for one of a server that is like `server` (src/lint/spread.ts). */
  readonly names?: readonly string[];
  readonly websocket: Evidence;
}

/** Whether a route serves WebSocket, and how that is known (design 1.3). */
export interface Evidence {
  readonly serves: 'yes' | 'likely' | 'no';
  /** Reasons in words, strongest first: `proxy_set_header Upgrade (conf.d/app.conf:13)`. */
  readonly reasons: readonly string[];
  /** Weak hints, which never raise `serves`. */
  readonly hints: readonly string[];
  /** Name of the product (see src/model/products) whose endpoint this is. */
  readonly product: string | null;
}
