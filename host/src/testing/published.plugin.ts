/** Node's side of published.ts: what a test has put, the browser gets. */
import type { Plugin } from 'vitest/config';

export function publishedFiles(): Plugin {
  const files = new Map<string, { body: string; status: number }>();
  return {
    name: 'published-files',
    configureServer({ middlewares }) {
      middlewares.use('/remotes', (request, answer) => {
        const path = (request.url ?? '').replace(/\?.*/, '');
        if (request.method !== 'PUT') {
          const { body, status } = files.get(path) ?? { body: '', status: 404 };
          answer.writeHead(status, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(body);
          return;
        }
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          files.set(path, { body: Buffer.concat(parts).toString(), status: Number(request.headers['x-status'] ?? 200) });
          answer.writeHead(204).end();
        });
      });
    },
  };
}
