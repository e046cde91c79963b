/** Modules that open the tunnel, each with directives of its own. */
export type Module = 'proxy' | 'uwsgi' | 'scgi';

interface Names {
  readonly connectTimeout: string;
  readonly readTimeout: string;
  readonly hideHeader: string;
  readonly passHeader: string;
  readonly passRequestHeaders: string;
}

/** Put together once: every request asks for all of them. */
export const NAMES: Readonly<Record<Module, Names>> = {
  proxy: namesOf('proxy'),
  uwsgi: namesOf('uwsgi'),
  scgi: namesOf('scgi'),
};

function namesOf(module: Module): Names {
  return {
    connectTimeout: `${module}_connect_timeout`,
    readTimeout: `${module}_read_timeout`,
    hideHeader: `${module}_hide_header`,
    passHeader: `${module}_pass_header`,
    passRequestHeaders: `${module}_pass_request_headers`,
  };
}
