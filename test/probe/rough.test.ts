import type { Socket } from 'node:net';
import type { ProbeOptions } from '../../src/probe/types';
import { front, run } from './run';
import { answering, flood, rough, switching } from './servers';

/** Runs one probe against a server that behaves so. */
async function against(serve: (socket: Socket) => void, options: Partial<ProbeOptions> = {}, scheme = 'ws') {
  const server = await rough(serve);
  try {
    return await front(`${scheme}://127.0.0.1:${server.port}/ws`, options);
  } finally {
    await server.close();
  }
}

const html = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nServer: nginx\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const nginxPage = (status: string): string =>
  html(status, `<html><body><center><h1>${status}</h1></center>\r\n<hr><center>nginx</center></body></html>`);

describe('answers to a handshake, and what they are called', () => {
  test.each([
    ['HTTP/1.1 301 Moved Permanently\r\nLocation: /ws/\r\n\r\n', 'redirect', 'do not follow redirects'],
    ['HTTP/1.1 308 Permanent Redirect\r\nLocation: https://a/ws\r\n\r\n', 'redirect', 'open the wss:// URL'],
    ['HTTP/1.1 426 Upgrade Required\r\n\r\n', 'headers-not-forwarded', 'Upgrade, Connection'],
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'headers-not-forwarded', 'Upgrade, Connection'],
    ['HTTP/1.1 505 HTTP Version Not Supported\r\n\r\n', 'headers-not-forwarded', 'proxy_http_version 1.1'],
    [nginxPage('400 Bad Request'), 'bad-request', 'nginx wrote itself'],
    [nginxPage('400 Bad Request'), 'bad-request', 'unless it is a `return 400`'],
    [html('400 Bad Request', 'Request Header Or Cookie Too Large'), 'bad-request', 'max_headers'],
    [html('400 Bad Request', 'The plain HTTP request was sent to HTTPS port'), 'plain-to-tls', 'wss://'],
    [html('400 Bad Request', 'No required SSL certificate was sent'), 'client-certificate', 'ssl_verify_client'],
    [html('400 Bad Request', '{"code":1,"message":"Session ID unknown"}'), 'bad-request', 'affinity'],
    ['HTTP/1.1 401 Unauthorized\r\n\r\n', 'unauthorized', 'authentication'],
    ['HTTP/1.1 403 Forbidden\r\n\r\n', 'forbidden', 'Origin'],
    [nginxPage('403 Forbidden'), 'forbidden', 'deny'],
    [nginxPage('404 Not Found'), 'wrong-location', 'nginx wrote itself'],
    ['HTTP/1.1 404 Not Found\r\n\r\n', 'wrong-location', 'Tomcat'],
    ['HTTP/1.1 200 OK\r\n\r\n<html>', 'wrong-location', 'instead of a switch'],
    ['HTTP/1.1 502 Bad Gateway\r\n\r\n', 'upstream', 'no working backend'],
    ['HTTP/1.1 504 Gateway Timeout\r\n\r\n', 'upstream', 'in time'],
    ['HTTP/1.1 524 \r\n\r\n', 'upstream', '100 s'],
    ['HTTP/1.1 503 Service Unavailable\r\n\r\n', 'overload', 'too many'],
    ['HTTP/1.1 500 Internal Server Error\r\n\r\n', 'server-error', '500'],
    ['HTTP/1.1 405 Method Not Allowed\r\n\r\n', 'other-status', 'proxy_method'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'not-http', 'SSH-2.0'],
    [Buffer.from([0, 0, 18, 4, 0, 0, 0, 0, 0]), 'http2-only', 'HTTP/1.1'],
  ])('%p', async (bytes, cause, says) => {
    const hop = await against(answering((_, socket) => (socket.end(bytes), '')));
    expect(hop).toMatchObject({ outcome: 'fails', cause });
    expect(hop.detail).toContain(says);
  });

  test('100 and 103 are no answers yet', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    expect(await against(answering((accept) => early + switching(accept)))).toMatchObject({ outcome: 'switches' });
  });

  test('headers split into single bytes', async () => {
    const drip = answering((accept, socket) => {
      const bytes = [...switching(accept)];
      const next = (): void => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(next));
      };
      next();
      return '';
    });
    expect(await against(drip)).toMatchObject({ outcome: 'switches', status: 101 });
  });
});

describe('a 101 that a browser refuses', () => {
  const good = ['Upgrade: websocket', 'Connection: Upgrade'];
  test.each([
    ['no Upgrade', (a: string) => ['Connection: Upgrade', `Sec-WebSocket-Accept: ${a}`], 'no Upgrade header'],
    ['two Upgrade', (a: string) => [...good, 'Upgrade: websocket', `Sec-WebSocket-Accept: ${a}`], '2 Upgrade headers'],
    ['h2c', (a: string) => ['Upgrade: h2c', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${a}`], 'Upgrade: h2c'],
    [
      'close',
      (a: string) => ['Upgrade: websocket', 'Connection: close', `Sec-WebSocket-Accept: ${a}`],
      'Connection: close',
    ],
    ['no accept', () => good, 'no Sec-WebSocket-Accept'],
    ['a foreign accept', () => [...good, 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo='], 'another key'],
    [
      'a protocol',
      (a: string) => [...good, `Sec-WebSocket-Accept: ${a}`, 'Sec-WebSocket-Protocol: x'],
      'none was offered',
    ],
    [
      'an extension',
      (a: string) => [...good, `Sec-WebSocket-Accept: ${a}`, 'Sec-WebSocket-Extensions: x'],
      'extension x',
    ],
  ])('%s', async (_, lines, says) => {
    const hop = await against(
      answering((accept) => ['HTTP/1.1 101 Switching Protocols', ...lines(accept), '', ''].join('\r\n')),
    );
    expect(hop).toMatchObject({ outcome: 'fails', status: 101, cause: 'bad-switch' });
    expect(hop.detail).toContain(says);
  });

  test('a subprotocol that was offered and not chosen', async () => {
    const hop = await against(
      answering((accept) => switching(accept)),
      { subprotocols: ['chat'] },
    );
    expect(hop).toMatchObject({ outcome: 'fails', cause: 'bad-switch' });
  });

  test('a subprotocol that was offered and chosen', async () => {
    const chosen = answering((accept) => switching(accept, 'Sec-WebSocket-Protocol: chat'));
    expect(await against(chosen, { subprotocols: ['chat', 'b'] })).toMatchObject({
      outcome: 'switches',
      subprotocol: 'chat',
    });
  });
});

describe('connections that go nowhere', () => {
  test('a dead port', async () => {
    const server = await rough(() => undefined);
    await server.close();
    expect(await front(`ws://127.0.0.1:${server.port}/`)).toMatchObject({ cause: 'refused', status: null });
  });

  test('no such host', async () => {
    expect(await front('ws://no-such-host.invalid/')).toMatchObject({ outcome: 'fails', cause: 'dns' });
  });

  test('closed without a word', async () => {
    const hop = await against((socket) => socket.end());
    expect(hop).toMatchObject({ cause: 'closed-before-answer' });
    expect(hop.detail).toContain('no HTTP server');
  });

  test('reset', async () => {
    expect(await against(answering((_, socket) => (socket.resetAndDestroy(), '')))).toMatchObject({
      cause: 'closed-before-answer',
    });
  });

  test('never an answer', async () => {
    const hop = await against(() => undefined, { timeoutMs: 200 });
    expect(hop.cause).toBe('no-answer');
    expect(hop.ms).toBeLessThan(1500);
  });

  test('headers without an end', async () => {
    const hop = await against(
      answering((_, socket) => {
        setImmediate(() => flood(socket, 'X-More: and more\r\n'.repeat(1000)));
        return 'HTTP/1.1 101 Switching Protocols\r\n';
      }),
    );
    expect(hop.cause).toBe('oversized-answer');
  });

  test('a page without an end is not read to its end', async () => {
    const hop = await against(
      answering((_, socket) => {
        setImmediate(() => flood(socket, 'x'.repeat(65536)));
        return 'HTTP/1.1 200 OK\r\n\r\n';
      }),
    );
    expect(hop).toMatchObject({ cause: 'wrong-location', status: 200 });
    expect(hop.ms).toBeLessThan(1500);
  });

  test('a plain port that is spoken to in TLS', async () => {
    const plain = (socket: Socket): void => void socket.once('data', () => socket.write(html('400 Bad Request', 'x')));
    expect(await against(plain, {}, 'wss')).toMatchObject({ cause: 'not-tls' });
  });

  test('a TLS port that says nothing', async () => {
    expect(await against(() => undefined, { timeoutMs: 200 }, 'wss')).toMatchObject({ cause: 'tls-handshake' });
  });
});

describe('after the 101', () => {
  test('the connection ends at once', async () => {
    const hop = await against(answering((accept, socket) => (socket.end(switching(accept)), '')));
    expect(hop).toMatchObject({ outcome: 'fails', status: 101, cause: 'closed-at-once' });
  });

  test('garbage instead of frames', async () => {
    const hop = await against(answering((accept) => `${switching(accept)}HTTP/1.1 200 OK\r\n\r\n`));
    expect(hop).toMatchObject({ outcome: 'fails', cause: 'bad-frames' });
  });

  test('the application closes with its own code: the way there works', async () => {
    const close = Buffer.concat([Buffer.from([0x88, 5, 0x11, 0x31]), Buffer.from('bye')]);
    const report = await against(
      answering((accept, socket) => (socket.write(switching(accept)), socket.end(close), '')),
    );
    expect(report).toMatchObject({ outcome: 'switches', closed: { by: 'server', code: 4401, reason: 'bye' } });
  });

  test('a flood of frames costs time and memory within bounds', async () => {
    const frame = Buffer.concat([Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]), Buffer.alloc(65536)]);
    const before = process.memoryUsage().rss;
    const server = await rough(
      answering((accept, socket) => {
        socket.resume();
        setImmediate(() => flood(socket, frame));
        return switching(accept);
      }),
    );
    const report = await run({ front: `ws://127.0.0.1:${server.port}/` }, { holdMs: 1500 });
    await server.close();
    expect(report).toMatchObject({ works: true, closed: null });
    expect(report.held).toBeCloseTo(1.5, 0);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  test('an idle timeout shows as 1006 after that time', async () => {
    const server = await rough(
      answering((accept, socket) => {
        setTimeout(() => socket.end(), 600);
        socket.resume();
        return switching(accept);
      }),
    );
    const url = `ws://127.0.0.1:${server.port}/`;
    const report = await run({ front: url }, { holdMs: 3000 });
    await server.close();
    expect(report).toMatchObject({ works: false, firstFailing: null, closed: { by: 'unknown', code: 1006 } });
    expect(report.held).toBeCloseTo(0.6, 0);
  });
});
