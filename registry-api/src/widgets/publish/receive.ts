/**
 * The body of an upload, before anything waits for it: into a file that is gone from its folder already, so that neither a slow
 * client nor fifty large ones hold memory, and a crash leaves nothing.
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problem } from '../../http/problem';
import { limits } from './limits';

export interface Received {
  /** All of it. */
  read(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Throws a Problem for a body that is too large, as soon as that is known, too slow or cut off. */
export async function receive(request: IncomingMessage, milliseconds: number): Promise<Received> {
  if (Number(request.headers['content-length'] ?? 0) > limits.compressed) throw oversized();
  const file = await openNameless();
  const deadline = createDeadline(milliseconds);
  try {
    const bytes = await spool(request, file, deadline.passed);
    return { read: () => readAll(file, bytes), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  } finally {
    deadline.clear();
  }
}

async function spool(request: IncomingMessage, file: FileHandle, passed: Promise<never>): Promise<number> {
  // Left open at the end: whoever is refused still gets an answer.
  const chunks = request.iterator({ destroyOnReturn: false });
  let bytes = 0;
  for (;;) {
    const next = (await Promise.race([chunks.next(), passed]).catch(refusalOf)) as IteratorResult<Buffer>;
    if (next.done) break;
    bytes += next.value.length;
    if (bytes > limits.compressed) throw oversized();
    // All of it, from where the last ended: `write` may take less, as it does before a disk is full.
    await file.appendFile(next.value);
  }
  return bytes;
}

const oversized = () => problem(413, 'tarball_too_large', `A tarball may have at most ${limits.compressed / 1024 / 1024} MB as sent`);

class Late extends Error {}

function refusalOf(error: unknown): never {
  if (!(error instanceof Late)) throw problem(400, 'tarball_malformed', 'The upload ended before it was complete');
  throw problem(408, 'upload_too_slow', 'The upload did not arrive in time; publish again over a faster connection', {
    headers: { connection: 'close' },
  });
}

function createDeadline(milliseconds: number): { passed: Promise<never>; clear(): void } {
  const { promise, reject } = withRejection();
  const timer = setTimeout(() => reject(new Late()), milliseconds);
  return { passed: promise, clear: () => clearTimeout(timer) };
}

function withRejection(): { promise: Promise<never>; reject(error: Error): void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  promise.catch(() => {});
  return { promise, reject };
}

/** Open, and no longer in any folder: it ends with the process, however that ends. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `datamesh-upload-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

async function readAll(file: FileHandle, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await file.read(buffer, at, bytes - at, at);
    if (bytesRead === 0) throw new Error('a spooled upload lost its end');
    at += bytesRead;
  }
  return buffer;
}
