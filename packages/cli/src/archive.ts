/** A tar archive whose bytes depend on its files alone: sorted, one mode, no owner, no time. */
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { CliError } from './problem';

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
    const needsMore = new Header({ path, mode: 0o644, size: bytes.length, mtime: new Date(0), type: 'File', uid: 0, gid: 0 }).encode(
      header,
      0,
    );
    if (needsMore) throw new CliError('path_too_long', `${path} does not fit a tar header; shorten it`);
    blocks.push(header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  return gzipSync(Buffer.concat(blocks), { level: 9 });
}
