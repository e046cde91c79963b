import path from 'node:path';
import { REPORTERS } from '../../src/report/formats';
import { PLAIN } from '../../src/report/report';
import type { Report } from '../../src/report/report';
import { expectGolden } from '../helpers/golden';
import { FEW, hostileResult, reportOf, sampleResult } from './reports';

const GOLDEN = path.join(__dirname, '../../fixtures/reports/formats');
const ENDINGS: Readonly<Record<string, string>> = {
  github: 'github.txt',
  sarif: 'sarif',
  junit: 'junit.xml',
  checkstyle: 'checkstyle.xml',
  gitlab: 'gitlab.json',
  markdown: 'md',
};
const FEW_OF: Readonly<Record<string, Report>> = {
  sample: reportOf([sampleResult(FEW)], FEW),
  hostile: reportOf([hostileResult(FEW)], FEW),
};
const HOSTILE = reportOf([hostileResult()]);
const textOf = (format: string, report: Report, showSecrets = false): string =>
  REPORTERS[format]?.()(report, { ...PLAIN, showSecrets }) ?? '';

describe.each(Object.keys(ENDINGS))('%s', (format) => {
  it.each(Object.entries(FEW_OF))('of the %s tree is the file that people have read', (name, report) => {
    expectGolden(path.join(GOLDEN, `${name}.${ENDINGS[format]}`), textOf(format, report));
  });
});

describe.each(Object.keys(REPORTERS))('%s of a tree that is out to break it', (format) => {
  const text = textOf(format, HOSTILE);

  it('holds no control character, no half surrogate pair, nothing that turns letters round', () => {
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(Buffer.from(text).toString('utf8')).toBe(text);
  });

  it('holds no older command of the runner, and begins no line as a command that it did not make', () => {
    expect(text).not.toContain('##[');
    if (format !== 'github') expect(text).not.toMatch(/^\s*::(?!: )/m);
  });

  it('masks secrets in what it says', () => {
    const unpatched = text.replace(/"(text|newText)": "[^"]*proxy_set_header[^"]*"/g, '');
    expect(unpatched).not.toMatch(/c2VjcmV0OnNlY3JldA|hunter22/);
  });

  it('shows no text of a file that was not given', () => {
    expect(text).not.toContain('TOPSECRET');
  });

  it('says something of a tree without findings', () => {
    expect(textOf(format, reportOf([])).length).toBeGreaterThan(format === 'compact' ? -1 : 2);
  });
});
