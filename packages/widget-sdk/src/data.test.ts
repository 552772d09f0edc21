import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError, dataUrl, fetchJson, retryDelay } from './data';

describe('where data is read', () => {
  it('stays below /data', () => {
    expect(dataUrl('markets/instruments.json')).toBe('/data/markets/instruments.json');
    for (const path of ['', '../api/v1/tokens', 'markets/../../x', 'a//b', 'a?b', 'a%2e%2e/b', 'a\\b']) {
      expect(() => dataUrl(path), path).toThrow(DataError);
    }
  });
});

describe('errors of reading', () => {
  let server: Server;
  let origin = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/problem') {
        response.writeHead(404, { 'content-type': 'application/problem+json', 'x-request-id': 'r-12345678' });
        response.end(
          JSON.stringify({
            type: 'urn:datamesh:problem:data_unknown',
            title: 'Unknown',
            status: 404,
            code: 'data_unknown',
            detail: 'No such file',
          }),
        );
      } else if (request.url === '/html') {
        response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
      } else response.writeHead(200, { 'content-type': 'application/json' }).end('{"half":');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('carry the service’s code, text and request id', async () => {
    await expect(fetchJson(`${origin}/problem`)).rejects.toMatchObject({
      code: 'data_unknown',
      message: 'No such file',
      status: 404,
      requestId: 'r-12345678',
    });
  });

  it('have a code also where the answer is no problem document', async () => {
    await expect(fetchJson(`${origin}/html`)).rejects.toMatchObject({ code: 'http_502' });
    await expect(fetchJson(`${origin}/half`)).rejects.toMatchObject({ code: 'unreadable' });
    await expect(fetchJson('http://127.0.0.1:1/nobody')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('an aborted read is no failure of the data', async () => {
    await expect(fetchJson(`${origin}/problem`, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('asking again', () => {
  it('is worth it for what passes, after pauses that grow', () => {
    const temporary = (code: string, status: number | null) => new DataError(code, '', status).isTemporary;
    expect([temporary('unreachable', null), temporary('upstream_unavailable', 502), temporary('too_many_requests', 429)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([temporary('data_not_found', 404), temporary('not_a_table', null), temporary('session_unknown', 401)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([0, 1, 2, 10].map((failures) => retryDelay(failures, 1))).toEqual([1000, 2000, 4000, 15_000]);
    expect(retryDelay(0, 0)).toBe(500);
  });
});
