/** Published files under their immutable addresses. They are code, not secret: no session is asked for. */
import { pipeline } from 'node:stream/promises';
import { extensionOf, fileTypes } from '@datamesh/publishing';
import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { problem } from '../http/problem';
import type { BlobStore } from '../storage/blobs/blobs';
import type { Storage } from '../storage/storage';
import { refuseAway } from '../storage/store-problem';
import { blobKey, type Encoding } from './blob-key';
import type { WidgetStore } from './store';
import type { VersionContents } from './version-content';
import { type FileEntry, versionOf } from './widget';

export interface FilesRouteOptions {
  store: WidgetStore;
  contents: VersionContents;
  blobs: BlobStore;
  storage: Storage;
  logger: Logger;
}

type FilesByPath = ReadonlyMap<string, FileEntry>;

export function createFilesRoute({ store, contents, blobs, storage, logger }: FilesRouteOptions): RequestHandler {
  // A version never changes and never goes away (a yanked one stays for tabs that run it), so that this is right for ever.
  const known = new LRUCache<string, FilesByPath>({ max: 500 });

  async function filesOf(name: string, version: string): Promise<FilesByPath | null> {
    const cached = known.get(`${name}@${version}`);
    if (cached) return cached;
    refuseAway(storage);
    const widget = await store.find(name);
    if (!widget || !versionOf(widget, version)) return null;
    const files = new Map((await contents.of(widget, version)).files.map((file) => [file.path, file]));
    known.set(`${name}@${version}`, files);
    return files;
  }

  return async (req, res) => {
    const name = String(req.params['name']);
    const version = String(req.params['version']);
    const path = pathOf(req);
    const file = (await filesOf(name, version))?.get(path);
    if (!file) throw problem(404, 'file_unknown', `${name} ${version} has no file ${path.slice(0, 200)}`);
    const encoding = encodingFor(req, file);
    const etag = `"${blobKey(file.integrity).slice(0, 32)}${encoding === 'identity' ? '' : `-${encoding}`}"`;
    res.set({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': fileTypes[extensionOf(path)] ?? 'application/octet-stream',
      // None of them is a document on the session's origin, whatever it holds.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      // The edge answers who asks for them as a worklet or worker otherwise: what a page was given is then not taken from the browser's cache.
      vary: 'accept-encoding, sec-fetch-dest',
      etag,
    });
    if (matches(req.get('if-none-match'), etag)) {
      res.status(304).end();
      return;
    }
    const blob = await blobs.open(blobKey(file.integrity, encoding));
    if (!blob) throw new Error(`the bytes of ${name}@${version}/${path} (${encoding}) are missing`);
    if (encoding !== 'identity') res.set('content-encoding', encoding);
    res.set('content-length', String(blob.bytes));
    if (req.method === 'HEAD') {
      blob.stream.destroy();
      res.end();
      return;
    }
    await pipeline(blob.stream, res).catch((error: unknown) => {
      // The head is out: all that is left is to cut the connection, which pipeline has done.
      if (!req.destroyed) logger.warn({ err: error, requestId: req.requestId }, 'a file was cut off');
    });
  };
}

function pathOf(req: Request): string {
  const path: unknown = req.params['path'];
  return Array.isArray(path) ? path.join('/') : String(path);
}

/** The smallest variant that the client takes, whatever it would rather have; the file itself when it takes none. */
const encodingFor = (req: Request, file: FileEntry): Encoding =>
  (['br', 'gzip'] as const).find((encoding) => file.encodings.includes(encoding) && req.acceptsEncodings(encoding) === encoding) ??
  'identity';

function matches(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false;
  return given.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
}
