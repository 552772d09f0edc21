/**
 * The spool on the real file system. On Linux the file is opened with O_DSYNC, so that one call writes and syncs: the same guarantee as write
 * and fdatasync, and one way through Node's threads instead of two. Elsewhere fdatasync follows (on macOS only that reaches the disk itself).
 */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpoolFile, SpoolFiles } from './files';

const O_DSYNC = process.platform === 'linux' ? constants.O_DSYNC : 0;

/** For whoever writes it. */
export const nodeFiles = (folder: string): SpoolFiles => filesOf(folder, constants.O_RDWR | constants.O_CREAT | O_DSYNC);

/** For another process, which reads beside the writer and can change nothing. */
export const readingFiles = (folder: string): SpoolFiles => filesOf(folder, constants.O_RDONLY);

function filesOf(folder: string, flags: number): SpoolFiles {
  return {
    list: async () => {
      await mkdir(folder, { recursive: true });
      return readdir(folder);
    },
    open: async (name) => new NodeFile(await open(join(folder, name), flags, 0o600)),
    remove: (name) => rm(join(folder, name), { force: true }),
    syncFolder: async () => {
      const handle = await open(folder, constants.O_RDONLY);
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}

class NodeFile implements SpoolFile {
  constructor(private readonly handle: FileHandle) {}

  async size(): Promise<number> {
    return (await this.handle.stat()).size;
  }

  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.handle.read(bytes, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  async writeDurably(bytes: Buffer, position: number): Promise<void> {
    // A nearly full disk may take a part of the bytes: go on until it takes all or says why not.
    let written = 0;
    while (written < bytes.length)
      written += (await this.handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
    if (O_DSYNC === 0) await this.handle.datasync();
  }

  truncate(length: number): Promise<void> {
    return this.handle.truncate(length);
  }

  datasync(): Promise<void> {
    return this.handle.datasync();
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
