/** A service that was killed leaves connections behind that the edge has kept: what is asked on them is asked once more, where that is safe. */

import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, startEdge, startRegistry } from './testing/edge';

describe('kept connections', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  /** Requests that were heard, by method. */
  let heard: string[];
  let waiting: Socket[];
  const answer = (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok');

  // Answers the first request of each connection once two are there, and cuts a connection that is used again.
  const service = createServer((socket) => {
    let used = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      heard.push(bytes.toString().split(' ', 1)[0] ?? '');
      if (used) return void socket.resetAndDestroy();
      used = true;
      if (heard.length > 2) return void answer(socket);
      waiting.push(socket);
      if (waiting.length === 2) waiting.forEach(answer);
    });
  });
  beforeEach(async () => {
    heard = [];
    waiting = [];
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
    registry = await startRegistry((_request, response) => void response.end());
    edge = await startEdge({ registry: registry.url, tracker: new URL(`http://127.0.0.1:${(service.address() as AddressInfo).port}`) });
    // Two at a time, so that two connections are kept.
    const first = await Promise.all([ask(edge, '/t/pixel.gif'), ask(edge, '/t/pixel.gif')]);
    expect(first.map(({ status }) => status)).toEqual([200, 200]);
  });
  afterEach(async () => {
    await edge.close();
    await registry.close();
    for (const socket of waiting) socket.destroy();
    await new Promise((closed) => service.close(closed));
  });

  it('a read that is cut on one is asked once more on a connection of its own, not on the next dead one', async () => {
    const { status } = await ask(edge, '/t/pixel.gif');
    expect(status).toBe(200);
    expect(heard).toEqual(['GET', 'GET', 'GET', 'GET']);
  });

  it('a write is not: it may have been heard', async () => {
    const { status } = await ask(edge, '/t/tick', { method: 'POST', body: '{}' });
    expect(status).toBe(502);
    expect(heard.filter((method) => method === 'POST').length).toBe(1);
  });
});
