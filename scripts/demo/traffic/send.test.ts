import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { send } from './send.ts';

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Answers one request after the other as told, and the last way for ever; 0 breaks the connection off. */
async function tracker(...answers: Answer[]) {
  const batches: { ids: string[]; key: string | undefined }[] = [];
  const read = async (request: IncomingMessage): Promise<{ id: string }[]> => {
    let text = '';
    for await (const part of request) text += String(part);
    return JSON.parse(text) as { id: string }[];
  };
  const server = createServer(async (request, response) => {
    batches.push({ ids: (await read(request)).map(({ id }) => id), key: request.headers.authorization });
    const { status, body, headers } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: {} };
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, batches };
}

const events = (count: number) => Array.from({ length: count }, (_, at) => ({ site: 'demo', id: String(at) }));
const taken = (stored: number, dropped?: Record<string, number>): Answer => ({
  status: 200,
  body: { stored, ...(dropped ? { dropped } : {}) },
});

describe('sending made-up visits', () => {
  it('sends them in their order, 500 at a time, with the key, and adds up what was said', async () => {
    const at = await tracker(taken(500), taken(480, { duplicate: 20 }), taken(1, { duplicate: 1, bad_event: 2 }));
    const told: number[] = [];
    const totals = await send(events(1004), { url: at.url, key: 'dmk_secret', progress: (sent) => told.push(sent) });
    expect(totals).toEqual({ stored: 981, dropped: { duplicate: 21, bad_event: 2 } });
    expect(at.batches.flatMap(({ ids }) => ids)).toEqual(events(1004).map(({ id }) => id));
    expect(at.batches.map(({ ids }) => ids.length)).toEqual([500, 500, 4]);
    expect(at.batches[0]?.key).toBe('Bearer dmk_secret');
    expect(told).toEqual([500, 1000, 1004]);
  });

  it('waits as long as the tracker asks, longer each time, and sends the same batch again', async () => {
    const full: Answer = { status: 503, body: { code: 'spool_full' }, headers: { 'retry-after': '7' } };
    const plain: Answer = { status: 502, body: { code: 'upstream_unavailable' } };
    const at = await tracker(full, plain, taken(2));
    const waits: number[] = [];
    const totals = await send(events(2), { url: at.url, key: 'dmk_secret', pause: async (ms) => void waits.push(ms) });
    expect(totals.stored).toBe(2);
    expect(waits).toEqual([7_000, 1_000]);
    expect(at.batches).toHaveLength(3);
    expect(new Set(at.batches.map(({ ids }) => ids.join())).size).toBe(1);
  });

  it('sends again what a broken connection left in doubt', async () => {
    const at = await tracker(taken(500), { status: 0, body: '' }, taken(1));
    const totals = await send(events(501), { url: at.url, key: 'dmk_secret', pause: async () => undefined });
    expect(totals.stored).toBe(501);
    expect(at.batches.at(-1)?.ids).toEqual(['500']);
  });

  it('gives up on a tracker that stays full, and says that nothing counts twice', async () => {
    const at = await tracker({ status: 503, body: { code: 'spool_full' }, headers: { 'retry-after': '30' } });
    await expect(send(events(1), { url: at.url, key: 'dmk_secret', pause: async () => undefined })).rejects.toThrow(
      /answers 503 spool_full, and that for 120 s.*not stored twice/,
    );
  });

  it('says what to do when nothing listens, nothing understands, or the key does not fit', async () => {
    const cases: [Answer, RegExp][] = [
      [{ status: 0, body: '' }, /Nothing answers at .*npm start/],
      [{ status: 404, body: 'no' }, /answers 404\. Is that a Data Mesh dashboard/],
      [
        { status: 421, body: { code: 'host_unknown', detail: 'Open the dashboard at http://localhost:4000.' } },
        /host_unknown: Open the dashboard/,
      ],
      [taken(0, { unknown_site: 2 }), /no site "demo".*SITES/],
      [{ status: 403, body: { code: 'key_refused' } }, /does not trust this key for the site "demo"/],
      [taken(1, { key_refused: 1 }), /does not trust this key/],
      [{ status: 400, body: { code: 'bad_batch', detail: 'Send a list.' } }, /400 bad_batch: Send a list/],
    ];
    for (const [answer, text] of cases) {
      const at = await tracker(answer);
      await expect(send(events(2), { url: at.url, key: 'dmk_secret' })).rejects.toThrow(text);
    }
  });
});
