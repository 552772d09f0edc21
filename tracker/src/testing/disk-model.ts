/**
 * For tests: a disk that can fill up, fail and lose power. What was not synced survives a power cut in arbitrary pieces, in arbitrary order,
 * as on a real one; names that were not synced may be there or not.
 */
import type { SpoolFile, SpoolFiles } from '../spool/files';

export type Operation = 'open' | 'write' | 'truncate' | 'datasync' | 'remove' | 'syncFolder' | 'read';

interface Change {
  position: number;
  bytes: Buffer | null; // null: truncated to position
}

interface Content {
  durable: Buffer;
  now: Buffer;
  changes: Change[];
  nameDurable: boolean;
}

const SECTOR = 512;

export class DiskModel implements SpoolFiles {
  readonly contents = new Map<string, Content>();
  /** Bytes the disk holds. */
  capacity = Number.POSITIVE_INFINITY;
  /** An error code for an operation, or null to let it pass. */
  fault: (operation: Operation) => string | null = () => null;

  list(): Promise<string[]> {
    return Promise.resolve([...this.contents.keys()]);
  }

  async open(name: string): Promise<SpoolFile> {
    this.check('open');
    const content = this.contents.get(name) ?? { durable: Buffer.alloc(0), now: Buffer.alloc(0), changes: [], nameDurable: false };
    this.contents.set(name, content);
    return new ModelFile(this, content);
  }

  async remove(name: string): Promise<void> {
    this.check('remove');
    this.contents.delete(name);
  }

  async syncFolder(): Promise<void> {
    this.check('syncFolder');
    for (const content of this.contents.values()) content.nameDurable = true;
  }

  used(): number {
    let bytes = 0;
    for (const { now } of this.contents.values()) bytes += now.length;
    return bytes;
  }

  check(operation: Operation): void {
    const code = this.fault(operation);
    if (code) throw ioError(code, operation);
  }

  /** Power cut: `choose()` in [0, 1) decides what of the unsynced survives. */
  powerCut(choose: () => number): DiskModel {
    const after = new DiskModel();
    for (const [name, content] of this.contents) {
      if (!content.nameDurable && choose() < 0.5) continue;
      let bytes = content.durable;
      for (const change of content.changes) {
        if (change.bytes === null) {
          if (choose() < 0.5) bytes = bytes.subarray(0, change.position);
          continue;
        }
        for (let at = 0; at < change.bytes.length; at += SECTOR)
          if (choose() < 0.5) bytes = overwrite(bytes, change.position + at, change.bytes.subarray(at, at + SECTOR));
      }
      after.contents.set(name, { durable: bytes, now: bytes, changes: [], nameDurable: true });
    }
    return after;
  }
}

class ModelFile implements SpoolFile {
  constructor(
    private readonly disk: DiskModel,
    private readonly content: Content,
  ) {}

  async size(): Promise<number> {
    return this.content.now.length;
  }

  async read(position: number, length: number): Promise<Buffer> {
    this.disk.check('read');
    return Buffer.from(this.content.now.subarray(position, position + length));
  }

  /** Write, then sync: a fault in between leaves the bytes in the cache, where a power cut may or may not take them. */
  async writeDurably(bytes: Buffer, position: number): Promise<void> {
    this.write(bytes, position);
    await this.datasync();
  }

  private write(bytes: Buffer, position: number): void {
    this.disk.check('write');
    const room = this.disk.capacity - this.disk.used();
    const grows = Math.max(0, position + bytes.length - this.content.now.length);
    // A full disk takes what still fits, then says no.
    const taken = grows <= room ? bytes : bytes.subarray(0, Math.max(0, bytes.length - (grows - room)));
    this.content.now = overwrite(this.content.now, position, taken);
    this.content.changes.push({ position, bytes: Buffer.from(taken) });
    if (taken.length < bytes.length) throw ioError('ENOSPC', 'write');
  }

  async truncate(length: number): Promise<void> {
    this.disk.check('truncate');
    this.content.now = this.content.now.subarray(0, length);
    this.content.changes.push({ position: length, bytes: null });
  }

  async datasync(): Promise<void> {
    this.disk.check('datasync');
    this.content.durable = this.content.now;
    this.content.changes = [];
  }

  async close(): Promise<void> {}
}

function overwrite(bytes: Buffer, position: number, piece: Buffer): Buffer {
  const result = Buffer.alloc(Math.max(bytes.length, position + piece.length));
  bytes.copy(result);
  piece.copy(result, position);
  return result;
}

function ioError(code: string, operation: string): Error {
  return Object.assign(new Error(`${code}: ${operation}`), { code });
}
