/** Keeps a second tracker out of a DATA_DIR, whatever its sinks are. The lock is DuckDB's, on a file of its own: it ends with the process, however that ends. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export class FolderLock {
  static async take(folder: string): Promise<FolderLock> {
    return new FolderLock(await DuckDBInstance.create(join(folder, 'lock.duckdb'), { memory_limit: '16MB', threads: '1' }));
  }

  private constructor(private readonly instance: DuckDBInstance) {}

  close(): void {
    this.instance.closeSync();
  }
}
