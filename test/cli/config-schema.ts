import type { Rule } from '../../src/lint/rule';

const time = {
  description: 'Seconds, or a time as nginx writes it: 60, "60s", "5m", "1h 30m".',
  anyOf: [
    { type: 'number', exclusiveMinimum: 0 },
    { type: 'string', pattern: '^\\s*\\d{1,9}(ms|s|m|h|d)?(\\s+\\d{1,9}(ms|s|m|h|d)?)*\\s*$' },
  ],
};
const text = { type: 'string', minLength: 1 };
const texts = { anyOf: [text, { type: 'array', items: text }] };
const level = { enum: ['off', 'info', 'warning', 'error'] };

const kinds = { time, count: { type: 'integer', minimum: 0 }, flag: { type: 'boolean' } };

/** A severity, or with the options that the rule declares. */
function settingOf({ options = {} }: Rule): object {
  const declared = Object.entries(options).map(([name, { kind, summary }]) => {
    return [name, { ...kinds[kind], description: summary }] as const;
  });
  const given = { type: 'object', additionalProperties: false, properties: Object.fromEntries(declared) };
  return { anyOf: [level, { type: 'array', prefixItems: [level, given], items: false, minItems: 1, maxItems: 2 }] };
}

/** The schema of configuration files, which editors check them by. */
export function configSchema(rules: readonly Rule[]): object {
  const ids = rules.map(({ id }) => id);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://github.com/nginx-ws-lint/nginx-ws-lint/raw/main/schema/config.schema.json',
    title: 'Configuration file of nginx-ws-lint',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      extends: { description: 'Configuration files that this one builds on, relative to it.', ...texts },
      paths: { description: 'What to lint when no path is given, relative to this file.', ...texts },
      prefix: { description: 'Directory that relative includes start from.', ...text },
      maps: {
        description: 'Where directories of the running system lie: {"/etc/nginx": "deploy/nginx"}.',
        type: 'object',
        additionalProperties: text,
      },
      allow: { description: 'Further places that includes may be read from.', ...texts },
      context: { description: 'What encloses fragments, and that it sets nothing: "http,server".', ...texts },
      all: { description: 'Also lint files below the root that nginx does not read.', type: 'boolean' },
      nginxVersion: {
        description: 'Judge for this version; auto: of the nginx installed here.',
        anyOf: [{ const: 'auto' }, { type: 'string', pattern: '^\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}$' }],
      },
      rules: {
        description: 'Severities, or [severity, options].',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map((rule) => [rule.id, { description: rule.summary, ...settingOf(rule) }]),
        ),
      },
      websocket: { description: "Locations that serve WebSocket: globs in which '*' crosses '/'.", ...texts },
      notWebsocket: { description: 'Locations that do not; wins over websocket.', ...texts },
      hops: {
        description: 'Proxies and load balancers in front, and when they close a silent connection.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'idle'],
          properties: { name: text, idle: time },
        },
      },
      ping: { ...time, description: 'How often the application sends something on a silent connection.' },
      ignore: {
        description: 'Findings to ignore.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files'],
          properties: {
            files: { description: "Globs relative to this file: '**' crosses '/'.", ...texts },
            rules: { anyOf: [{ enum: [...ids, '*'] }, { type: 'array', items: { enum: [...ids, '*'] } }] },
            reason: text,
          },
        },
      },
      requireIgnoreReason: { description: 'Comments that ignore must say why (-- why).', type: 'boolean' },
      failOn: { description: 'The least severity that makes the exit status 1.', enum: ['info', 'warning', 'error'] },
      maxWarnings: { description: 'More warnings than this make the exit status 1.', type: 'integer', minimum: 0 },
      baseline: { description: 'Baseline file, relative to this file.', ...text },
    },
  };
}
