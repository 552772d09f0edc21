/** The DuckDB file: one writer, a few readers, and a second start after an error that DuckDB itself calls fatal. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface DatabaseOptions {
  file: string;
  /** Such as `1GB`: what DuckDB may use for its cache and its queries. */
  memoryLimit: string;
  /** Run whenever the file is opened. */
  schema: readonly string[];
}

/** Node runs file work and DuckDB on the same four threads: two readers and the writer leave one for the spool's syncs. */
const READERS = 2;
const FATAL = /FATAL|database has been invalidated/i;

interface Opened {
  instance: DuckDBInstance;
  writer: DuckDBConnection;
  readers: DuckDBConnection[];
}

export class Database {
  private idle: DuckDBConnection[];
  private readonly waiting: ((connection: DuckDBConnection) => void)[] = [];
  private reopening: Promise<void> | null = null;

  static async open(options: DatabaseOptions): Promise<Database> {
    return new Database(options, await openFile(options));
  }

  private constructor(
    private readonly options: DatabaseOptions,
    private opened: Opened,
  ) {
    this.idle = [...opened.readers];
  }

  /** For the one sink that writes; never two calls at once. */
  async write<T>(run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    await this.reopening;
    const { writer } = this.opened;
    try {
      await writer.run('BEGIN');
      const result = await run(writer);
      await writer.run('COMMIT');
      return result;
    } catch (error) {
      if (isFatal(error)) await this.reopen();
      // Without a transaction there is nothing to roll back, which is what a failed BEGIN or COMMIT leaves behind.
      else await writer.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** Runs on a reader of its own; an abort interrupts the query, or leaves the queue for a reader. */
  async read<T>(signal: AbortSignal, run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.take(signal);
    // An interrupt that comes before the query has started is forgotten by DuckDB: so again until it has ended.
    const timer: { again?: ReturnType<typeof setInterval> } = {};
    const interrupt = (): void => {
      connection.interrupt();
      timer.again = setInterval(() => connection.interrupt(), 20);
    };
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      return await run(connection);
    } catch (error) {
      if (isFatal(error)) await this.reopen();
      throw error;
    } finally {
      signal.removeEventListener('abort', interrupt);
      clearInterval(timer.again);
      this.give(connection);
    }
  }

  close(): void {
    close(this.opened);
  }

  private async take(signal: AbortSignal): Promise<DuckDBConnection> {
    await this.reopening;
    signal.throwIfAborted();
    const free = this.idle.pop();
    if (free) return free;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      const enter = (connection: DuckDBConnection): void => {
        signal.removeEventListener('abort', leave);
        resolve(connection);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(enter);
    });
  }

  private give(connection: DuckDBConnection): void {
    if (!this.opened.readers.includes(connection)) return; // of an instance that is gone
    const next = this.waiting.shift();
    if (next) next(connection);
    else this.idle.push(connection);
  }

  private async reopen(): Promise<void> {
    this.reopening ??= (async () => {
      close(this.opened);
      this.opened = await openFile(this.options);
      this.idle = [...this.opened.readers];
      for (const next of this.waiting.splice(0, READERS)) {
        const connection = this.idle.pop();
        if (connection) next(connection);
      }
    })().finally(() => {
      this.reopening = null;
    });
    await this.reopening;
  }
}

async function openFile({ file, memoryLimit, schema }: DatabaseOptions): Promise<Opened> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: memoryLimit,
    // Queries read the tracker's own table, and nothing is ever fetched.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false',
  });
  const writer = await instance.connect();
  for (const statement of schema) await writer.run(statement);
  const readers: DuckDBConnection[] = [];
  for (let index = 0; index < READERS; index++) readers.push(await instance.connect());
  return { instance, writer, readers };
}

function close({ instance, writer, readers }: Opened): void {
  for (const connection of [writer, ...readers]) connection.closeSync();
  instance.closeSync();
}

const isFatal = (error: unknown): boolean => error instanceof Error && FATAL.test(error.message);
