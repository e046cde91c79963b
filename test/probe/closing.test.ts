import { closedLines, isIdleTimeout } from '../../src/probe/closing';
import type { Closed } from '../../src/probe/types';

const ended = (afterSeconds: number, idleSeconds: number, more: Partial<Closed> = {}): Closed => ({
  by: 'unknown',
  code: 1006,
  reason: null,
  afterSeconds,
  idleSeconds,
  ...more,
});
const said = (closed: Closed, pingSeconds: number | null = null): string =>
  closedLines([], closed, pingSeconds).join(' ');

describe('what ended a held connection', () => {
  test('a length that is no known timeout may be a timeout, the backend or a reload', () => {
    expect(said(ended(1, 1))).toMatch(/the backend ended it.*reloaded.*or an idle timeout of about 1 s/);
    expect(isIdleTimeout(ended(1, 1), null)).toBe(false);
  });

  test('a long silence is rather a timeout', () => {
    expect(said(ended(45, 45))).toMatch(/an idle timeout of about 45 s .*or the backend ended it/);
  });

  test('one that is known is probably that timeout', () => {
    expect(said(ended(60.1, 60.1))).toContain('probably an idle timeout of 60 s');
    expect(isIdleTimeout(ended(60.1, 60.1), null)).toBe(true);
  });

  test('with pings it was in use, and no heartbeat helps', () => {
    expect(said(ended(2.7, 0.7), 1)).toContain('no idle timeout');
    expect(said(ended(2.7, 0.7), 1)).not.toContain('heartbeat');
  });

  test('pings that come too seldom leave it idle', () => {
    expect(said(ended(60, 60), 90)).toContain('probably an idle timeout of 60 s');
  });

  test('a reset is named', () => {
    expect(said(ended(1, 1, { reason: 'ECONNRESET' }))).toContain('ECONNRESET');
  });

  test('a Close frame is the application’s, and there is something to do', () => {
    expect(closedLines([], ended(1, 0, { by: 'server', code: 1000 }), null)).toEqual([
      expect.stringContaining('comes from the application'),
      expect.stringContaining('its log says why'),
    ]);
  });

  test('what is no frame was not closed by the application', () => {
    expect(said(ended(1, 0, { code: 1002, reason: 'masked' }))).not.toContain('application');
  });
});
