#!/usr/bin/env node
/**
 * `datamesh-serve-files FOLDER PORT`: a widget's own container where its image has no web server. Serves the files that FOLDER's
 * files.json lists (`datamesh files`), and that list; nothing else is there to be found. It knows nothing of the platform.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { FILE_LIST } from './file-list';

/** Resolves when it listens. Throws where the list cannot be read. */
export function serveFiles(folder: string, port: number, host: string): Promise<Server> {
  const root = resolve(folder);
  const listed = JSON.parse(readFileSync(join(root, FILE_LIST), 'utf8')) as string[];
  const files = new Set([FILE_LIST, ...listed].map((path) => `/${path}`));
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    if (!files.has(path)) return void response.writeHead(404).end();
    const file = createReadStream(join(root, path));
    // Also when the caller went away in the midst of it.
    file.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(500).end()));
    file.once('open', () => {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
      if (request.method === 'HEAD') {
        response.end();
        file.destroy();
      } else pipeline(file, response, () => {});
    });
  });
  return new Promise((resolved, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolved(server));
  });
}

async function main([folder, port]: readonly string[]): Promise<void> {
  if (folder === undefined || !/^\d{1,5}$/.test(port ?? '')) {
    process.stderr.write('datamesh-serve-files FOLDER PORT\n');
    process.exitCode = 2;
    return;
  }
  const server = await serveFiles(folder, Number(port), '0.0.0.0');
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  // As the first process of a container it would not end by a signal that nobody handles.
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

if (import.meta.filename === process.argv[1]) void main(process.argv.slice(2));
