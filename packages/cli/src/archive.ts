/** A tar archive whose bytes depend on its files alone: sorted, one mode, no owner, no time. */
import { gzipSync } from 'node:zlib';
import { Header, Pax } from 'tar';

export interface PackedFile {
  /** Relative, with forward slashes. */
  path: string;
  bytes: Uint8Array;
}

const BLOCK = 512;

export function archive(files: readonly PackedFile[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const { path, bytes } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const header = Buffer.alloc(BLOCK);
    const fields = { path, mode: 0o644, size: bytes.length, mtime: new Date(0), type: 'File', uid: 0, gid: 0 } as const;
    // A long name (bundlers make them) does not fit the plain header: an extended one goes before it.
    if (new Header(fields).encode(header, 0)) blocks.push(new Pax({ path, mtime: fields.mtime }).encode());
    blocks.push(header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  return gzipSync(Buffer.concat(blocks), { level: 9 });
}
