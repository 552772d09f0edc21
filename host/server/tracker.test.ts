import { type ClientRequest, request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, codeOf, fromPage, ORIGIN, signedIn, startEdge, startRegistry, startService } from './testing/edge';

const EXPORT = '/api/tracker/v1/export?site=shop&what=events&format=csv&from=2026-07-01T00%3A00%3A00Z&to=2026-08-01T00%3A00%3A00Z';
const ATTACHMENT = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="shop-events.csv"' };

describe('the tracker behind the edge', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let tracker: Awaited<ReturnType<typeof startService>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  /** Of the export under way at the tracker. */
  let exporting: { more(text: string): void; breakOff(): void; closed: Promise<void> };
  let erased: string;

  beforeAll(async () => {
    registry = await startRegistry();
    tracker = await startService((incoming, response) => {
      const { url = '', method = '', headers } = incoming;
      if (url.startsWith('/api/tracker/v1/export')) {
        response.writeHead(200, ATTACHMENT);
        response.write('event_id,ts\n');
        exporting = {
          more: (text) => void response.write(text),
          breakOff: () => void response.destroy(),
          closed: new Promise((done) => response.on('close', () => done())),
        };
        return;
      }
      if (url.startsWith('/api/tracker/v1/live')) {
        const known = headers['if-none-match'] === '"now-7"';
        response.writeHead(known ? 304 : 200, { etag: '"now-7"', 'cache-control': 'private, no-cache' });
        response.end(known ? undefined : '{"visitors":7}');
        return;
      }
      let body = '';
      incoming.on('data', (part) => {
        body += String(part);
      });
      incoming.on('end', () => {
        if (method === 'POST' && url === '/api/tracker/v1/erasures') erased = body;
        response.writeHead(url.endsWith('/erasures') ? 202 : 200, { 'content-type': 'application/json', 'datamesh-event': 'stored' });
        response.end('{"stored":1}');
      });
    });
    edge = await startEdge({ registry: registry.url, tracker: tracker.url });
  });
  afterAll(async () => {
    await edge.close();
    await registry.close();
    await tracker.close();
  });
  beforeEach(() => {
    registry.received.length = 0;
    registry.exchanges.length = 0;
    tracker.received.length = 0;
    erased = '';
  });

  const key = { authorization: 'Bearer dmk_0123456789abcdef', 'content-type': 'application/json' };
  const send = (path: string, headers: Record<string, string>) => ask(edge, path, { method: 'POST', headers, body: '[]' });
  const seenBy = ({ received }: { received: { headers: Record<string, unknown> }[] }): unknown => received.at(-1)?.headers['authorization'];

  it("takes a trusted sender's key to where events are collected", async () => {
    const answer = await send('/t/events', key);
    expect([answer.status, answer.headers['datamesh-event']]).toEqual([200, 'stored']);
    expect(seenBy(tracker)).toBe(key.authorization);
    await ask(edge, '/t/events', { method: 'POST', headers: { ...fromPage, ...key }, body: '[]' });
    expect(seenBy(tracker)).toBe(key.authorization);
    expect(registry.exchanges).toEqual([]);
  });

  it('and nowhere else', async () => {
    await send('/api/tracker/v1/erasures', key);
    expect(seenBy(tracker)).toBeUndefined();
    await send('/api/v1/widgets', key);
    expect(registry.received).toHaveLength(1);
    expect(seenBy(registry)).toBeUndefined();
    await ask(edge, EXPORT.replace('export', 'summary'), { headers: { ...signedIn, authorization: key.authorization } });
    expect(seenBy(tracker)).toBe('Bearer jwt-for-tracker');
  });

  it('tells the tracker no publish token, and no identity that a sender made up', async () => {
    for (const authorization of [
      'Bearer dmp_abc',
      'Bearer dmb_abc',
      'Bearer forged.jwt.token',
      'Basic ZG1rXzE6',
      'bearer dmk_1',
      'Bearer  dmk_1',
    ]) {
      await send('/t/events', { authorization });
      expect(seenBy(tracker), authorization).toBeUndefined();
    }
  });

  /** The export as a browser reads it: piece by piece. */
  const opened = () =>
    new Promise<{
      outgoing: ClientRequest;
      headers: Record<string, unknown>;
      pieces: string[];
      over: Promise<'ended' | 'cut'>;
      until(text: string): Promise<void>;
    }>((done, fail) => {
      const outgoing = request({
        host: edge.url.hostname,
        port: edge.url.port,
        path: EXPORT,
        headers: { host: 'dashboard.test', ...signedIn },
      });
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        const pieces: string[] = [];
        let heard = (): void => undefined;
        incoming.on('data', (part) => {
          pieces.push(String(part));
          heard();
        });
        const over = new Promise<'ended' | 'cut'>((ended) => {
          incoming.on('end', () => ended('ended'));
          incoming.on('error', () => ended('cut'));
        });
        const until = (text: string) =>
          new Promise<void>((found) => {
            heard = () => {
              if (pieces.join('').includes(text)) found();
            };
            heard();
          });
        done({ outgoing, headers: incoming.headers, pieces, over, until });
      });
      outgoing.end();
    });

  it('passes an export on row by row, as the attachment that it is', async () => {
    const file = await opened();
    expect(file.headers).toMatchObject({ ...ATTACHMENT, 'x-content-type-options': 'nosniff' });
    await file.until('event_id,ts\n');
    exporting.more('1,2\n');
    await file.until('1,2\n');
    exporting.more('3,4\n');
    await file.until('3,4\n');
    expect(tracker.received.at(-1)?.url).toBe(EXPORT);
    file.outgoing.destroy();
    await exporting.closed;
  });

  it('ends the export at the tracker when the browser closes', async () => {
    const file = await opened();
    await file.until('event_id');
    file.outgoing.destroy();
    await exporting.closed;
  });

  it('lets no half export pass as a whole one', async () => {
    const file = await opened();
    await file.until('event_id');
    exporting.breakOff();
    expect(await file.over).toBe('cut');
  });

  it('lets a poll of /live be answered with 304', async () => {
    const path = '/api/tracker/v1/live?site=shop';
    const first = await ask(edge, path, { headers: signedIn });
    expect([first.status, first.headers['etag'], first.headers['cache-control'], first.body]).toEqual([
      200,
      '"now-7"',
      'private, no-cache',
      '{"visitors":7}',
    ]);
    const second = await ask(edge, path, { headers: { ...signedIn, 'if-none-match': '"now-7"' } });
    expect([second.status, second.headers['etag'], second.body]).toEqual([304, 'W/"now-7"', '']);
  });

  it('takes an erasure from a page of the dashboard, and from no other', async () => {
    const body = '{"site":"dashboard"}';
    const headers = { ...fromPage, 'content-type': 'application/json' };
    expect((await ask(edge, '/api/tracker/v1/erasures', { method: 'POST', headers, body })).status).toBe(202);
    expect([erased, seenBy(tracker)]).toEqual([body, 'Bearer jwt-for-tracker']);
    tracker.received.length = 0;
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
    ];
    for (const origin of elsewhere) {
      const refused = await ask(edge, '/api/tracker/v1/erasures', { method: 'POST', headers: { ...signedIn, ...origin }, body });
      expect([refused.status, codeOf(refused)]).toEqual([403, 'origin_refused']);
    }
    expect(tracker.received).toEqual([]);
  });
});
