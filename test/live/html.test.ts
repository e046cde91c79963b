import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LintResult } from '../../src/lint/result';
import { REPORTERS } from '../../src/report/formats';
import { PLAIN } from '../../src/report/report';
import { configuration, GOOD } from '../cli/support';
import { workspaceOf } from '../helpers/workspace';
import { hostileResult, lintOf, reportOf } from '../report/reports';
import { describeChromium } from './chromium';
import { openTab } from './devtools';
import type { Tab } from './devtools';

const textOf = (format: string, result: LintResult): string => REPORTERS[format]?.()(reportOf([result]), PLAIN) ?? '';

/** Two servers: one route that switches, two that fail, one that nobody knows of. */
const TREE = GOOD.replace(
  /\}\n$/,
  `    server {
        listen 8080;
        server_name other.example.com;
        location / { proxy_pass http://127.0.0.1:1; }
        location /ws { proxy_pass http://127.0.0.1:1; }
        location /live/ws { return 403; proxy_pass http://127.0.0.1:1; }
    }
}
`,
);

/** Labels of the routes that can be seen. */
const VISIBLE = `[...document.querySelectorAll('.route')].filter((at) => at.checkVisibility()).map((at) => at.querySelector('.name code').textContent)`;

/** Texts whose contrast with what is behind them is below WCAG's 4.5. */
const FAINT = `(() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (at) => {
    for (let up = at; up !== null; up = up.parentElement) {
      const color = rgb(getComputedStyle(up).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  for (const at of document.querySelectorAll('details')) at.open = true;
  return [...document.querySelectorAll('body *:not(svg *)')]
    .filter((at) => [...at.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== '') && at.checkVisibility())
    .filter((at) => ratio(light(rgb(getComputedStyle(at).color)), light(behind(at))) < 4.5)
    .map((at) => at.className + ': ' + at.textContent.slice(0, 40));
})()`;

describeChromium('the HTML report in Chromium', () => {
  const directory = mkdtempSync(join(tmpdir(), 'nwl-html-'));
  const urls = new Map<string, string>();
  let tab: Tab;

  beforeAll(async () => {
    const pages = { tree: lintOf(workspaceOf({ 'nginx.conf': TREE })), hostile: hostileResult() };
    for (const [name, result] of Object.entries(pages)) {
      const file = join(directory, `${name}.html`);
      writeFileSync(file, textOf('html', result));
      urls.set(name, pathToFileURL(file).href);
    }
    tab = await openTab();
  });
  afterAll(async () => {
    await tab.close();
    rmSync(directory, { recursive: true });
  });

  /** Loads a page afresh: a change of the fragment alone would not. */
  async function load(name: string, { hash = '', width = 1280, dark = false, script = true } = {}): Promise<void> {
    const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
    await tab.send('Emulation.setDeviceMetricsOverride', {
      width,
      height: 900,
      deviceScaleFactor: 1,
      mobile: width < 600,
    });
    await tab.send('Emulation.setEmulatedMedia', { features });
    await tab.send('Emulation.setScriptExecutionDisabled', { value: !script });
    for (const url of ['about:blank', `${urls.get(name)}${hash}`]) {
      const loaded = tab.next('Page.loadEventFired');
      await tab.send('Page.navigate', { url });
      await loaded;
    }
  }

  const reports = (from: number): readonly string[] =>
    tab.events
      .slice(from)
      .filter(({ method }) => /exceptionThrown|entryAdded|consoleAPICalled|DialogOpening/.test(method))
      .map(({ method, params }) => `${method} ${JSON.stringify(params)}`);
  const requests = (from: number): readonly string[] =>
    tab.events
      .slice(from)
      .filter(({ method }) => method === 'Network.requestWillBeSent')
      .map(({ params }) => (params as { request: { url: string } }).request.url);

  test.each(['tree', 'hostile'])('of the %s tree loads without an error, and asks for nothing', async (name) => {
    const from = tab.events.length;
    await load(name);
    expect(await tab.evaluate(`document.querySelectorAll('.way').length`)).toBeGreaterThan(2);
    expect(reports(from)).toEqual([]);
    expect(requests(from).filter((url) => url !== urls.get(name) && url !== 'about:blank' && url !== 'data:,')).toEqual(
      [],
    );
  });

  test('names that are out to execute do not', async () => {
    await load('hostile');
    const foreign = `[...document.querySelectorAll('script, img, iframe, body style, [onerror]')].length`;
    expect(await tab.evaluate(foreign)).toBe(1); // its own script
    expect(await tab.evaluate(`document.querySelector('.server h3').textContent`)).toContain('</script><img src=x');
  });

  test('a script that came in all the same would not run', async () => {
    await load('tree');
    await tab.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))`,
    );
    expect(await tab.evaluate('window.ran')).toBeUndefined();
  });

  test('the picture of what fails is there at once', async () => {
    await load('tree', { script: false });
    const seen = `[...document.querySelectorAll('.way .broken, .answer.broken')].filter((at) => at.checkVisibility() && at.getBoundingClientRect().width > 40).length`;
    expect(await tab.evaluate(seen)).toBeGreaterThan(3);
  });

  test.each([
    ['all', ['location /ws', 'location /ws', 'location /live/ws']],
    ['fails', ['location /ws', 'location /live/ws']],
    ['switches', ['location /ws']],
    ['unknown', []],
  ])('without a script, routes are filtered by outcome: %s', async (outcome, expected) => {
    await load('tree', { script: false });
    await tab.evaluate(`document.querySelector('#show-${outcome}').checked = true`);
    expect(await tab.evaluate(VISIBLE)).toEqual(expected);
  });

  test('without a script, the other routes come on demand', async () => {
    await load('tree', { script: false });
    await tab.evaluate(`document.querySelector('#show-plain').checked = true`);
    expect(await tab.evaluate(VISIBLE)).toContain('location /');
  });

  test('without a script, a server is shown alone', async () => {
    await load('tree', { script: false, hash: '#s1' });
    expect(
      await tab.evaluate(`[...document.querySelectorAll('.server')].filter((at) => at.checkVisibility()).length`),
    ).toBe(1);
    expect(await tab.evaluate(VISIBLE)).toEqual(['location /ws']);
  });

  test('search finds servers and locations', async () => {
    await load('tree');
    await tab.evaluate(
      `(() => { const at = document.querySelector('[type=search]'); at.value = '/live'; at.dispatchEvent(new Event('input')); })()`,
    );
    expect(await tab.evaluate(VISIBLE)).toEqual(['location /live/ws']);
  });

  test('a link to a finding unfolds the route that it stands in', async () => {
    await load('tree');
    await tab.evaluate(`for (const at of document.querySelectorAll('details.route')) at.open = false`);
    await tab.evaluate(`document.querySelector('.findings a').click()`);
    await tab.evaluate(`new Promise((done) => requestAnimationFrame(done))`);
    expect(
      await tab.evaluate(`document.querySelector('.finding:target').checkVisibility({ contentVisibilityAuto: false })`),
    ).toBe(true);
  });

  test.each(['tree', 'hostile'])('of the %s tree fits a phone', async (name) => {
    await load(name, { width: 390 });
    await tab.evaluate(`for (const at of document.querySelectorAll('details')) at.open = true`);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  test.each([
    ['light', 'tree', false],
    ['dark', 'tree', true],
    ['dark', 'hostile', true],
  ])('every text is readable: %s, %s', async (_, name, dark) => {
    await load(name, { dark });
    expect(await tab.evaluate(`getComputedStyle(document.body).backgroundColor`)).toBe(
      dark ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)',
    );
    expect(await tab.evaluate(FAINT)).toEqual([]);
  });

  test('headings go down one level at a time', async () => {
    await load('tree');
    const levels = (await tab.evaluate(
      `[...document.querySelectorAll('h1,h2,h3,h4')].map((at) => Number(at.tagName[1]))`,
    )) as number[];
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test.each(['junit', 'checkstyle'])('a browser reads %s of the hostile tree as XML', async (format) => {
    const text = JSON.stringify(textOf(format, hostileResult()));
    const names = `[...new DOMParser().parseFromString(${text}, 'text/xml').querySelectorAll('*')].map((at) => at.tagName)`;
    expect(new Set((await tab.evaluate(names)) as string[])).not.toContain('parsererror');
  });

  test('a page of 500 routes is there in seconds', async () => {
    const result = lintOf(workspaceOf({ 'nginx.conf': configuration('proxy_pass http://127.0.0.1:1;') }));
    const routes = Array.from({ length: 500 }, (_, index) =>
      result.routes.map((verdict) => ({ ...verdict, route: { ...verdict.route, id: `r${index}` } })),
    ).flat();
    const file = join(directory, 'many.html');
    writeFileSync(file, textOf('html', { ...result, routes }));
    urls.set('many', pathToFileURL(file).href);
    await load('many');
    expect(await tab.evaluate(`${VISIBLE}.length`)).toBe(500);
  });
});
