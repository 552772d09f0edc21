/** What a registry of OpenComponents asks of S3, answered from memory: objects, and what lies below a folder. */
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type PageServer, servePages } from '../page-server';

/** `objects` by their keys; what is put joins them. */
export function serveBucket(objects: Map<string, Buffer>): Promise<PageServer> {
  return servePages(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    // Behind the bucket's name.
    const key = decodeURIComponent(pathname).split('/').slice(2).join('/');
    if (request.method === 'PUT') {
      objects.set(key, await buffer(request satisfies IncomingMessage));
      response.end();
      return;
    }
    if (key === '') {
      response.setHeader('content-type', 'application/xml');
      response.end(listing([...objects.keys()], searchParams.get('prefix') ?? ''));
      return;
    }
    const object = objects.get(key);
    if (!object) response.writeHead(404, { 'content-type': 'application/xml' });
    response.end(object ?? '<Error><Code>NoSuchKey</Code></Error>');
  });
}

/** The folders right below `prefix`. */
function listing(keys: string[], prefix: string): string {
  const below = keys.filter((key) => key.startsWith(prefix) && key.includes('/', prefix.length));
  const folders = new Set(below.map((key) => key.slice(0, key.indexOf('/', prefix.length) + 1)));
  const entries = [...folders].map((folder) => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`);
  return `<ListBucketResult>${entries.join('')}</ListBucketResult>`;
}
