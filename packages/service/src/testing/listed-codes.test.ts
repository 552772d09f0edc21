import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchCodes } from './listed-codes';

const server = createServer((request, response) => {
  const code = new URL(request.url ?? '', 'http://any').searchParams.get('code');
  response.writeHead(409, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: `urn:x:${code}`, code }));
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

it('tells a code that the operation does not list, once, and no other', async () => {
  const unlisted = watchCodes('/api', { 'GET /things/{id}': ['busy'], 'PUT /things/{id}': ['gone'] });
  for (const [method, path] of [
    ['GET', '/api/things/1?code=busy'],
    ['PUT', '/api/things/1?code=gone'],
    ['GET', '/api/elsewhere?code=gone'],
    ['GET', '/other/things/1?code=gone'],
  ] as const)
    await fetch(url + path, { method });
  expect(unlisted()).toEqual([]);
  await fetch(`${url}/api/things/1?code=gone`);
  expect(unlisted()).toEqual(['GET /things/{id} answered 409 gone']);
  expect(unlisted()).toEqual([]);
});
