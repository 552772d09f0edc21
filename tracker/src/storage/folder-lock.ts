/** Keeps a second tracker out of a DATA_DIR, whatever its sinks are. The lock is DuckDB's, on a file of its own: it ends with the process, however that ends. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Those that are held: the lock of one that nobody refers to would go with the garbage. */
const held = new Set<FolderLock>();

export class FolderLock {
  static async take(folder: string): Promise<FolderLock> {
    const lock = new FolderLock(await DuckDBInstance.create(join(folder, 'lock.duckdb'), { memory_limit: '16MB', threads: '1' }));
    held.add(lock);
    return lock;
  }

  private constructor(private readonly instance: DuckDBInstance) {}

  close(): void {
    held.delete(this);
    this.instance.closeSync();
  }
}
