/** Event streams of clients that take nothing, over real sockets: they are dropped; one that is only silent stays. */
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import express from 'express';
import { afterEach, expect, it } from 'vitest';
import { exchange } from './exchange';
import { listen, type Running, startService } from './testing/edge';

const TIMEOUT = 300;
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function ask({ url }: Running, path: string): Socket {
  const socket = connect({ port: Number(url.port), host: url.hostname });
  socket.on('error', () => undefined).write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
  open.push(() => socket.destroy());
  return socket;
}

it('a client that never reads is dropped, and one that reads a silent stream is not', async () => {
  let say: (text: string) => void = () => undefined;
  const service = await startService((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    if (request.url === '/silent') {
      say = (text) => response.write(text);
      return;
    }
    const news = `data: ${'x'.repeat(64 * 1024)}\n\n`;
    const pour = (): void => {
      while (response.write(news));
    };
    response.on('drain', pour);
    pour();
  });
  open.push(service.close);
  const ended: string[] = [];
  const app = express().use(async (request, response) => {
    const outgoing = { to: service.url, path: request.url, method: 'GET', headers: { host: 'x' }, timeout: TIMEOUT, name: 'service' };
    await exchange(request, response, outgoing, ({ headers }) => ({ status: 200, headers }));
    ended.push(request.url);
  });
  const edge = await listen(createServer(app));
  open.push(edge.close);

  let heard = '';
  ask(edge, '/silent').on('data', (part) => {
    heard += String(part);
  });
  await expect.poll(() => heard).toContain('hello');
  ask(edge, '/news').pause();
  // By then the silent one has been silent for longer than the other one was patient with.
  await expect.poll(() => ended, { timeout: 30_000 }).toEqual(['/news']);
  say(': still here\n\n');
  await expect.poll(() => heard).toContain('still here');
  expect(ended).toEqual(['/news']);
});
