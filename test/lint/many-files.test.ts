import { rules } from '../../rules';
import { lintAlike } from '../../src/lint/alike';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import { workspaceOf } from '../helpers/workspace';
import { loadIn, plant } from '../fs/support';

const MANY = 200;

function tree(fileOf: (at: number) => string): Record<string, string> {
  const files: Record<string, string> = { 'nginx.conf': 'events {}\nhttp { include sites/*.conf; }\n' };
  for (let at = 0; at < MANY; at++) files[`sites/${at}.conf`] = fileOf(at);
  return files;
}

const server = (name: string, path: string): string =>
  `server {\n    server_name ${name};\n\n    location ${path} {\n        proxy_pass http://127.0.0.1;\n    }\n}\n`;
const alike = (at: number): string => server(`a${at}.test`, '/');
const unlike = (at: number): string => server('a.test', `/${at}/`);

/** How often the lint says that it has hundreds of files to judge. */
function called(files: Record<string, string>): number {
  let calls = 0;
  lintAlike(workspaceOf(files), rules, { ...DEFAULT_OPTIONS, listRoutes: false, whenMany: () => calls++ });
  return calls;
}

describe('hundreds of files', () => {
  it('are announced before each is judged', () => {
    expect(called(tree(unlike))).toBe(1);
  });

  it('are not announced where one stands for all', () => {
    expect(called(tree(alike))).toBe(0);
  });

  it('are announced before they are read', () => {
    const seen: string[] = [];
    loadIn(plant(tree(alike)), ['.'], { whenMany: (entries) => seen.push(`${entries}`) });
    expect(seen).toEqual([`${MANY}`]);
  });

  it('are not announced where there is one', () => {
    const seen: string[] = [];
    loadIn(plant({ 'nginx.conf': 'events {}\nhttp {}\n' }), ['.'], { whenMany: (entries) => seen.push(`${entries}`) });
    expect(seen).toEqual([]);
  });
});
