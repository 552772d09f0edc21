import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Packed } from './pack';
import { promote, publish, uses } from './registry';

const packed: Packed = {
  name: 'notes',
  version: '1.0.0',
  manifest: { name: 'notes', title: 'Notes', description: 'Notes.', publisher: 'platform', expose: './widget' },
  files: [],
  bytes: Uint8Array.from([31, 139, 0, 255, 10]),
};

let server: Server | undefined;
afterEach(() => server?.close());

interface Seen {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A server on the wire that answers once and tells what it got: the shape of the request is what is tested here. */
async function answering(status: number, body: unknown, type = 'application/json'): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const listening = createServer(async (request, response) => {
    seen.push({ method: request.method, path: request.url, headers: request.headers, body: await buffer(request) });
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, seen };
}

describe('the calls to the registry', () => {
  it('sends the tarball as it is, with the token', async () => {
    const { url, seen } = await answering(201, { version: '1.0.0' });
    await expect(publish({ url, token: 'dmp_x' }, packed)).resolves.toMatchObject({ created: true });
    expect(seen[0]).toMatchObject({ method: 'PUT', path: '/api/v1/widgets/notes/versions/1.0.0' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer dmp_x', 'content-type': 'application/gzip' });
    expect(seen[0]?.body.equals(Buffer.from(packed.bytes))).toBe(true);
  });

  it('tells a repeated publish from a first one', async () => {
    const { url } = await answering(200, { version: '1.0.0' });
    await expect(publish({ url, token: 'dmp_x' }, packed)).resolves.toMatchObject({ created: false });
  });

  it('passes the code of a problem on, with what failed', async () => {
    const problem = { code: 'manifest_invalid', detail: 'widget.json', errors: [{ path: '/titel', message: 'unknown key' }] };
    const { url } = await answering(422, problem, 'application/problem+json');
    await expect(publish({ url, token: 'dmp_x' }, packed)).rejects.toMatchObject({
      code: 'manifest_invalid',
      detail: 'widget.json\n  /titel: unknown key',
    });
  });

  it('asks for layouts with what was given, and no more', async () => {
    const { url, seen } = await answering(200, { total: 12, items: [], next: null });
    await expect(uses({ url, token: 'dmp_x' }, { widget: 'notes', setting: 'a&b', value: 'c d', source: undefined })).resolves.toBe(12);
    expect(new URL(seen[0]?.path ?? '', url).searchParams.toString()).toBe('widget=notes&setting=a%26b&value=c+d');
  });

  it('says when nobody answers', async () => {
    const { url } = await answering(200, {});
    await new Promise((resolve) => server?.close(resolve));
    await expect(promote({ url, token: 'dmp_x' }, 'notes', 'stable', '1.0.0')).rejects.toMatchObject({ code: 'registry_unreachable' });
  });
});
