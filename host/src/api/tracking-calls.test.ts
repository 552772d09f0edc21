import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sendEvents } from './tracking-calls';

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** The page's own origin is a server that answers like this; the paths of a page are relative, those of Node are not. */
async function origin(handle: RequestListener): Promise<void> {
  const server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) => real(new URL(String(input), base), init);
  ends.push(
    () => {
      globalThis.fetch = real;
    },
    () => server.close(),
    () => server.closeAllConnections(),
  );
}

const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)));
  };

describe('sendEvents', () => {
  const cases: [string, RequestListener, Awaited<ReturnType<typeof sendEvents>>][] = [
    ['all stored', answering(200, { stored: 2 }), { outcome: 'stored', lost: 0 }],
    ['a second delivery is no loss', answering(200, { stored: 0, dropped: { duplicate: 2 } }), { outcome: 'stored', lost: 0 }],
    [
      'what was dropped is',
      answering(200, { stored: 1, dropped: { duplicate: 2, privacy: 3, bad_event: 1 } }),
      { outcome: 'stored', lost: 4 },
    ],
    ['full', answering(503, { code: 'spool_full' }, { 'retry-after': '5' }), { outcome: 'again', after: 5_000 }],
    ['a wait beyond the life of a page', answering(503, {}, { 'retry-after': '86400' }), { outcome: 'again', after: 300_000 }],
    ['a date, which nobody sends', answering(503, {}, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }), { outcome: 'again', after: 0 }],
    ['too many', answering(429, {}, { 'retry-after': '1' }), { outcome: 'again', after: 1_000 }],
    ['refused', answering(413, { code: 'batch_too_large' }), { outcome: 'refused' }],
    ['no connection', (request) => request.socket.destroy(), { outcome: 'again', after: 0 }],
  ];
  for (const [name, handle, expected] of cases)
    it(name, async () => {
      await origin(handle);
      expect(await sendEvents([{ site: 'dashboard' }])).toEqual(expected);
    });

  it('lets only a small request outlive its page: a browser refuses a large one at once', async () => {
    await origin(answering(200, { stored: 1 }));
    const lasting: (boolean | undefined)[] = [];
    const through = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      lasting.push(init?.keepalive);
      return through(input, init);
    };
    for (const length of [10, 19_000, 21_000, 70_000])
      expect(await sendEvents([{ site: 'dashboard', path: 'x'.repeat(length) }])).toEqual({ outcome: 'stored', lost: 0 });
    expect(lasting).toEqual([true, true, false, false]);
  });
});
