import { run } from '../probe/run';
import { testCertificate } from './certificate';
import { describeChromium, openInPage } from './chromium';
import { FAULTS, SWITCH, faultyServer, startBackends, type Backends } from './faults';
import { describeLive, startNginx, type Nginx } from './nginx';
import { freePorts } from './ports';

describeChromium('a page in Chromium and probe', () => {
  describeLive('agree, through a real nginx', () => {
    let backends: Backends;
    let nginx: Nginx;
    let port = 0;
    let tls = 0;

    beforeAll(async () => {
      backends = await startBackends();
      [port = 0, tls = 0] = await freePorts(2);
      const secure = `server { listen 127.0.0.1:${tls} ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;
        location / { proxy_pass http://127.0.0.1:${backends.good}; ${SWITCH} } }`;
      const { key, certificate } = testCertificate();
      const files = new Map([['nginx.conf', faultyServer(backends, `127.0.0.1:${port}`, secure)]]);
      nginx = await startNginx(files.set('key.pem', key).set('cert.pem', certificate));
    });
    afterAll(async () => {
      await nginx.stop();
      await backends.close();
    });

    test('on every fault: it connects where probe says so, and fails where probe says so', async () => {
      const urls = [
        ...FAULTS.map(({ path }) => `ws://127.0.0.1:${port}${path}`),
        `wss://127.0.0.1:${tls}/`,
        `ws://127.0.0.1:${tls}/`,
        `ws://127.0.0.1:${backends.dead}/`,
        `ws://127.0.0.1:${backends.good}/`,
      ];
      const inPage = await openInPage(urls);
      const probed = await Promise.all(urls.map((url) => run({ front: url }, { timeoutMs: 2000 })));
      const verdicts = urls.map((url, index) => [url, inPage[index] === 'open', probed[index]?.works]);
      expect(verdicts.filter(([, page, probe]) => page !== probe)).toEqual([]);
      expect(verdicts.filter(([, page]) => page === true)).toHaveLength(2);
    }, 60_000);
  });
});
