import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { logRequests, type RequestLog } from './request-log';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(handle: RequestListener, options: Omit<RequestLog, 'logger'> = {}) {
  const lines: Record<string, unknown>[] = [];
  const into = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  const log = logRequests({ logger: pino({ level: 'debug', base: null, timestamp: false }, into), ...options });
  const server = createServer((incoming, response) => log(incoming, response, () => handle(incoming, response)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { lines, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const INFO = 30;
const DEBUG = 20;
const WARN = 40;
const ERROR = 50;

describe('the log of requests', () => {
  it('has a line for each, with its id and without its query', async () => {
    const { lines, origin } = await serve((_request, response) => void response.setHeader('x-request-id', 'abcdef12').end('ok'));
    await fetch(`${origin}/session/callback?code=secret`);
    await expect.poll(() => lines).toHaveLength(1);
    const line = { level: INFO, requestId: 'abcdef12', method: 'GET', path: '/session/callback', status: 200, msg: 'request' };
    expect(lines[0]).toEqual({ ...line, ms: expect.any(Number) });
  });

  it('keeps what is asked all the time for those who look closely, and what fails for everybody', async () => {
    const { lines, origin } = await serve(
      ({ url }: IncomingMessage, response) => void response.writeHead(url === '/broken' ? 500 : url === '/away' ? 502 : 200).end(),
      {
        isMinor: (path) => path.startsWith('/assets/'),
        upstreamError: ({ statusCode }) => (statusCode === 502 ? 'refused' : undefined),
      },
    );
    for (const path of ['/readyz', '/assets/a.mjs', '/broken', '/away']) await fetch(`${origin}${path}`);
    await expect.poll(() => lines).toHaveLength(4);
    expect(lines.map(({ path, level, msg, upstreamError }) => [path, level, msg, upstreamError])).toEqual([
      ['/readyz', DEBUG, 'request', undefined],
      ['/assets/a.mjs', DEBUG, 'request', undefined],
      ['/broken', ERROR, 'request', undefined],
      ['/away', WARN, 'upstream failed', 'refused'],
    ]);
  });

  it('says so when the client goes before the answer has ended', async () => {
    const { lines, origin } = await serve((_request, response) => void response.write('half'));
    const half = request(origin);
    half.on('response', () => half.destroy());
    half.on('error', () => undefined);
    half.end();
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ aborted: true });
  });
});
