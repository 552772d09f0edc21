import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { RequestHandler } from 'express';
import { compress, type Encodings, encodedFor, QUICK } from './compression';
import { inert } from './policy';
import { sendProblem } from './problem';
import { takeOutageWorker, takeWorker } from './worker';

export interface Asset {
  bytes: Buffer;
  encodings: Encodings | undefined;
  integrity: string;
  type: string;
}

export interface Assets {
  /** By path below /assets/. */
  files: ReadonlyMap<string, Asset>;
  /** What the page itself must load, in order; the build says so in entry.json. */
  entry: string[];
  /** What every worker begins with; served by itself, and no file of the page. */
  worker: Buffer;
  /** The code of the service worker; served with the page in it. null: this build has none. */
  outageWorker: Buffer | null;
}

const TYPES: Record<string, string> = {
  '.mjs': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text\/|application\/json|image\/svg)/;

const sha384 = (bytes: Buffer): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/**
 * The page's files, read and hashed before the first request: from then on each is a look-up. `<name>.br` and `<name>.gz` beside a file
 * are what the build compressed it to, as well as it can be done; `compressed` false: as they are, for development.
 */
export async function readAssets(folder: string, compressed = true): Promise<Assets> {
  let entry: string[];
  try {
    entry = JSON.parse(await readFile(join(folder, 'entry.json'), 'utf8')) as string[];
  } catch (error) {
    throw new Error(`the dashboard is not built: ${join(folder, 'entry.json')} cannot be read. Run "npm run build" first.`, {
      cause: error,
    });
  }
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((item) => item.isFile()).map((item) => relative(folder, join(item.parentPath, item.name)));
  const served = paths.filter((path) => extname(path) in TYPES && path !== 'entry.json');
  const present = new Set(paths);
  const assets = await Promise.all(
    served.map(async (path): Promise<[string, Asset]> => {
      const bytes = await readFile(join(folder, path));
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      const encodings =
        compressed && COMPRESSIBLE.test(type) ? await encodingsOf(join(folder, path), bytes, present.has(`${path}.br`)) : undefined;
      return [path.split(sep).join('/'), { bytes, encodings, integrity: sha384(bytes), type }];
    }),
  );
  const files = new Map(assets);
  const worker = takeWorker(files);
  const outageWorker = takeOutageWorker(files);
  for (const path of entry)
    if (!files.has(path)) throw new Error(`the dashboard's build is not whole: ${path} is missing. Build it again.`);
  return { files, entry, worker, outageWorker };
}

async function encodingsOf(path: string, bytes: Buffer, built: boolean): Promise<Encodings> {
  if (!built) return compress(bytes, QUICK);
  const [br, gzip] = await Promise.all([readFile(`${path}.br`), readFile(`${path}.gz`)]);
  return { br, gzip };
}

/** /assets/…: names carry a hash of the content, so an answer is good for ever; `kept`: unless they do not. */
export function serveAssets({ files }: Pick<Assets, 'files'>, kept = 'public, max-age=31536000, immutable'): RequestHandler {
  return (request, response) => {
    const file = files.get(request.path.slice('/assets/'.length));
    if (!file) return sendProblem(response, 'not_found', 'The dashboard has no such file. Reload the page: there may be a newer version.');
    const { body, headers } = encodedFor(request.headers['accept-encoding'], file);
    response.set({
      'content-type': file.type,
      'cache-control': kept,
      // A file opened as a document (an SVG with a script in it) has no rights on this origin.
      ...inert,
      // Not by Sec-Fetch-Dest, as published files: somebody who is refused one as a worker would take it out of the browser's cache, and with it
      // the page for when the edge is away.
      ...(file.encodings ? { vary: 'accept-encoding' } : {}),
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
