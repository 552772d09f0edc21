/** Node's side of published.ts: what a test has put, the browser gets. */
import type { Plugin } from 'vitest/config';

export function publishedFiles(): Plugin {
  const files = new Map<string, string>();
  return {
    name: 'published-files',
    configureServer({ middlewares }) {
      middlewares.use('/remotes', (request, answer) => {
        const path = (request.url ?? '').replace(/\?.*/, '');
        if (request.method !== 'PUT') {
          const body = files.get(path);
          answer.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
          answer.end(body);
          return;
        }
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          files.set(path, Buffer.concat(parts).toString());
          answer.writeHead(204).end();
        });
      });
    },
  };
}
