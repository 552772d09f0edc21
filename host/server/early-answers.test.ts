/** Answers that come while the upload goes on: they reach the client, whichever side gave them, and hold nobody else up. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { HttpService, readBody } from '@datamesh/service';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, ORIGIN, type Running, signedIn, startEdge, startRegistry } from './testing/edge';

const MAX_BYTES = 1024;
const SENT = 4 * 1024 * 1024;

let registry: Awaited<ReturnType<typeof startRegistry>>;
let tracker: HttpService;
let edge: Running;

beforeAll(async () => {
  registry = await startRegistry();
  tracker = new HttpService({
    handle: (request, response) => {
      if (request.url === '/t/early') response.writeHead(401).end('early');
      else
        readBody(request, { most: MAX_BYTES, within: 2_000 }).then(
          (body) => response.end(String(body.length)),
          (error: { status: number; code: string }) => response.writeHead(error.status).end(error.code),
        );
    },
    refuse: () => undefined,
  });
  const { port } = await tracker.listen(0, '127.0.0.1');
  edge = await startEdge({ registry: registry.url, tracker: new URL(`http://127.0.0.1:${port}`) });
});
afterAll(async () => {
  await edge.close();
  await tracker.stop({ grace: 0 });
  await registry.close();
});

/** Sends everything and listens only then. */
async function upload(path: string, more: string[] = []): Promise<string> {
  const socket = connect({ port: Number(edge.url.port), host: '127.0.0.1', allowHalfOpen: true });
  const head = [`POST ${path} HTTP/1.1`, `host: ${new URL(ORIGIN).host}`, 'connection: close', `content-length: ${SENT}`, ...more, '\r\n'];
  socket.write(head.join('\r\n'));
  const chunk = 'x'.repeat(64 * 1024);
  for (let sent = 0; sent < SENT; sent += chunk.length) if (!socket.write(chunk)) await once(socket, 'drain');
  let heard = '';
  for await (const part of socket) heard += String(part);
  socket.destroy();
  return heard;
}

const statusOf = (answer: string): string | undefined => /^HTTP\/1.1 (\d+)/.exec(answer)?.[1];

it.each([
  ['a service that reads none of it', '/t/early', [], '401'],
  ['a service to which it is too large', '/t/events', [], '413'],
  ['a service behind which a session is', '/t/events', [`cookie: ${signedIn.cookie}`, `origin: ${ORIGIN}`], '413'],
  [
    'the edge, which refuses a write of another origin',
    '/api/v1/layouts',
    [`cookie: ${signedIn.cookie}`, 'origin: https://evil.example'],
    '403',
  ],
  ['the edge, which has no such path', '/nowhere', [], '404'],
  ['the edge, which knows no such data', '/data/markets/x.json', [], '405'],
])('of %s reach a client that sends all of it first', async (_who, path, headers, status) => {
  expect(statusOf(await upload(path, headers))).toBe(status);
  expect((await ask(edge, '/t/events', { method: 'POST', body: 'abc' })).body).toBe('3');
});

it('a body that never ends is given up by the service, and others are answered meanwhile', async () => {
  const socket = connect(Number(edge.url.port), '127.0.0.1').on('error', () => undefined);
  socket.write(`POST /t/events HTTP/1.1\r\nhost: ${new URL(ORIGIN).host}\r\ncontent-length: 1000\r\n\r\n`);
  const dripping = setInterval(() => socket.write('x'), 20);
  let heard = '';
  socket.on('data', (part) => {
    heard += String(part);
  });
  expect((await ask(edge, '/healthz')).status).toBe(200);
  expect(heard).toBe('');
  await expect.poll(() => statusOf(heard)).toBe('408');
  clearInterval(dripping);
  socket.destroy();
});
