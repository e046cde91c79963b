import { branchAt, hasBranches } from '../../src/syntax/branches';
import { maskedSource } from '../../src/syntax/placeholders';

/** The letters of a template that a branch encloses. */
function inBranches(text: string): string {
  const source = maskedSource('nginx.conf.j2', text, 'utf8');
  const tag = (offset: number): boolean =>
    source.placeholders.some(({ start, end }) => start <= offset && offset < end);
  return [...text].filter((_, offset) => !tag(offset) && branchAt(source, offset) !== null).join('');
}

test.each([
  ['Jinja', 'a{% if x %}b{%- elif y %}c{% else %}d{%- endif -%}e{% for x in y %}f{% endfor %}g', 'bcdf'],
  [
    'Jinja blocks that are no branches',
    'a{% set x %}b{% endset %}c{% if x %}d{% macro m() %}e{% endmacro %}f{% endif %}g',
    'def',
  ],
  ['Liquid', 'a{% unless x %}b{% endunless %}c{% case x %}{% when 1 %}d{% endcase %}e', 'bd'],
  ['Go', 'a{{ if .X }}b{{- else if .Y }}c{{ range .Z }}d{{ end }}e{{ end }}f{{ with .X }}g{{ end -}}h', 'bcdeg'],
  ['Go definitions', 'a{{ define "x" }}b{{ if .X }}c{{ end }}d{{ end }}e{{/* if */}}f', 'c'],
  ['Handlebars', 'a{{#if x}}b{{else}}c{{/if}}d{{^x}}e{{/x}}f{{#each x}}g{{^}}h{{/each}}i', 'bcegh'],
  ['ERB', 'a<% if @x %>b<% elsif @y -%>c<% else %>d<%- end -%>e<% @z.each do |z| %>f<%= z %>g<% end %>h', 'bcdfg'],
  ['EPP', 'a<% if $x { %>b<% } else { -%>c<%- } %>d<% $x.each |$y| { -%>e<% } -%>f', 'bce'],
  ['what is never ended', 'a{% if x %}b{% for x in y %}c{% endif %}d{{ if x }}e', 'bce'],
  ['ends of nothing', 'a{% endif %}b{{ end }}c{{ else }}d', ''],
])('branches of templates: %s', (_dialect, text, expected) => {
  expect(inBranches(text)).toBe(expected);
});

test('a template without conditions has no branches', () => {
  expect(hasBranches(maskedSource('a.conf.j2', 'listen {{ port }};', 'utf8'))).toBe(false);
});
