import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError, dataUrl, fetchJson } from './data';

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
