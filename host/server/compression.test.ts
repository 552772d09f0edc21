import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, fromPage, signedIn, startEdge, startRegistry, startService } from './testing/edge';

const LIST = JSON.stringify({ items: Array.from({ length: 200 }, (_, n) => ({ id: n, title: `Layout ${n}` })) });
const SMALL = '{"items":[]}';

describe('answers of the services', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let tracker: Awaited<ReturnType<typeof startService>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  const json = { 'content-type': 'application/json; charset=utf-8' };
  beforeAll(async () => {
    registry = await startRegistry((incoming, response) => {
      const path = incoming.url ?? '';
      if (path.endsWith('/events')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${'x'.repeat(3000)}\n\n`);
        return;
      }
      if (path.endsWith('/small')) return void response.writeHead(200, { ...json, 'content-length': SMALL.length }).end(SMALL);
      if (path.endsWith('/packed'))
        return void response.writeHead(200, { ...json, 'content-encoding': 'gzip', etag: '"a-gzip"' }).end(gzipSync(LIST));
      if (path.endsWith('/fixed')) return void response.writeHead(200, { ...json, 'cache-control': 'no-transform' }).end(LIST);
      if (path.endsWith('/same')) return void response.writeHead(304, { etag: '"7"' }).end();
      if (incoming.headers['if-match'] === '"7"') return void response.writeHead(200, json).end('{"saved":true}');
      const headers = { ...json, etag: '"7"', 'content-length': LIST.length };
      response.writeHead(200, headers).end(incoming.method === 'HEAD' ? undefined : LIST);
    });
    tracker = await startService((_incoming, response) => void response.writeHead(200, { 'content-type': 'text/csv' }).end(LIST));
    edge = await startEdge({ registry: registry.url, tracker: tracker.url });
  });
  afterAll(async () => {
    await edge.close();
    await registry.close();
    await tracker.close();
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(edge, path, { headers: { ...signedIn, 'accept-encoding': 'gzip, deflate, br', ...headers } });

  it('come as brotli or gzip, as the client takes them, and say so to caches', async () => {
    const br = await get('/api/v1/layouts');
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', etag: 'W/"7"' });
    expect(br.headers.vary?.toLowerCase()).toContain('accept-encoding');
    expect(br.headers['content-length']).toBeUndefined();
    expect(brotliDecompressSync(br.bytes).toString()).toBe(LIST);
    expect(br.bytes.length).toBeLessThan(LIST.length / 5);
    const gzip = await get('/api/v1/layouts', { 'accept-encoding': 'gzip' });
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.bytes).toString()]).toEqual(['gzip', LIST]);
    const plain = await get('/api/v1/layouts', { 'accept-encoding': 'identity' });
    expect([plain.headers['content-encoding'], plain.headers.etag, plain.body]).toEqual([undefined, 'W/"7"', LIST]);
    expect((await get('/api/tracker/v1/export')).headers['content-encoding']).toBe('br');
  });

  it('stay as they are where they are small, compressed already, or not to be transformed', async () => {
    expect((await get('/api/v1/small')).body).toBe(SMALL);
    const packed = await get('/api/v1/packed');
    expect([packed.headers['content-encoding'], gunzipSync(packed.bytes).toString()]).toEqual(['gzip', LIST]);
    expect((await get('/api/v1/fixed')).body).toBe(LIST);
  });

  it('stay as they are where they hold secrets', async () => {
    for (const path of ['/api/v1/tokens', '/api/v1/session']) {
      const answer = await ask(edge, path, { method: 'POST', headers: { ...fromPage, 'accept-encoding': 'br' }, body: '{}' });
      expect([answer.headers['content-encoding'], answer.body], path).toEqual([undefined, LIST]);
    }
  });

  it('have the same head for HEAD and 304, and no body', async () => {
    const head = await ask(edge, '/api/v1/layouts', { method: 'HEAD', headers: { ...signedIn, 'accept-encoding': 'br' } });
    expect([head.status, head.headers.etag, head.body]).toEqual([200, 'W/"7"', '']);
    expect(head.headers.vary?.toLowerCase()).toContain('accept-encoding');
    const same = await get('/api/v1/same');
    expect([same.status, same.headers.etag, same.body]).toEqual([304, 'W/"7"', '']);
    expect(same.headers.vary?.toLowerCase()).toContain('accept-encoding');
  });

  it('take the ETag back that they were given', async () => {
    const saved = await ask(edge, '/api/v1/layouts', { method: 'PUT', headers: { ...fromPage, 'if-match': 'W/"7"' }, body: '{}' });
    expect(saved.body).toBe('{"saved":true}');
  });

  it('stream events at once, whole and uncompressed', async () => {
    const response = await new Promise<{ headers: IncomingHttpHeaders; first: string }>((done, fail) => {
      const outgoing = request(
        {
          host: edge.url.hostname,
          port: edge.url.port,
          path: '/api/v1/events',
          headers: { host: 'dashboard.test', ...signedIn, 'accept-encoding': 'br' },
        },
        (incoming) => {
          incoming.once('data', (part: Buffer) => {
            done({ headers: incoming.headers, first: part.toString().slice(0, 6) });
            outgoing.destroy();
          });
          incoming.on('error', () => undefined);
        },
      );
      outgoing.on('error', fail);
      outgoing.end();
    });
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(response.first).toBe('data: ');
  });
});
