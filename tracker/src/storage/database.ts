/** The DuckDB file: one writer, a few readers, and a second start after an error that DuckDB itself calls fatal (a checkpoint on a full disk). */
import { NewerData } from '@datamesh/service';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface DatabaseOptions {
  file: string;
  /** Such as `1GB`: what DuckDB may use for its cache and its queries. */
  memoryLimit: string;
  schema: Schema;
}

export interface Schema {
  /** A file that was opened with a higher one is refused. */
  version: number;
  /** Run whenever the file is opened. */
  statements: readonly string[];
}

/** Node runs file work and DuckDB on the same four threads: two readers and the writer leave one for reading the spool. */
const READERS = 2;
const FATAL = /FATAL|database has been invalidated/i;

interface Opened {
  instance: DuckDBInstance;
  writer: DuckDBConnection;
  readers: DuckDBConnection[];
  /** What runs on it now: it is closed when nothing does. */
  users: number;
  /** Set once it is of no more use. */
  unused: (() => void) | null;
}

export class Database {
  private opened: Opened | null;
  private opening: Promise<Opened> | null = null;
  /** The one before is closed: a file can be open once. */
  private closed: Promise<void> = Promise.resolve();
  /** The last who waits to write. */
  private writing: Promise<unknown> = Promise.resolve();
  private readonly free = Array.from({ length: READERS }, (_, index) => index);
  private readonly waiting: ((reader: number) => void)[] = [];

  static async open(options: DatabaseOptions): Promise<Database> {
    return new Database(options, await openFile(options));
  }

  private constructor(
    private readonly options: DatabaseOptions,
    opened: Opened,
  ) {
    this.opened = opened;
  }

  /** One transaction after the other, in the order of the calls. */
  write<T>(run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const written = this.writing.then(() => this.transact(run));
    this.writing = written.catch(() => undefined);
    return written;
  }

  private transact<T>(run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.use(async ({ writer }) => {
      try {
        await writer.run('BEGIN');
        const result = await run(writer);
        await writer.run('COMMIT');
        return result;
      } catch (error) {
        // Without a transaction there is nothing to roll back, which is what a failed BEGIN or COMMIT leaves behind.
        if (!isFatal(error)) await writer.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  /** Runs on a reader of its own; an abort interrupts the query, or leaves the queue for a reader. */
  read<T>(signal: AbortSignal, run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.onReader(signal, (connection) => interruptible(signal, connection, run));
  }

  /** The same, with all that it reads as of one moment. */
  snapshot<T>(signal: AbortSignal, run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.onReader(signal, async (connection) => {
      await connection.run('BEGIN TRANSACTION READ ONLY');
      try {
        return await interruptible(signal, connection, run);
      } finally {
        // Of what was only read there is nothing to lose; a file that is given up has no transaction any more.
        await connection.run('ROLLBACK').catch(() => undefined);
      }
    });
  }

  private async onReader<T>(signal: AbortSignal, run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const reader = await this.take(signal);
    try {
      return await this.use(({ readers }) => {
        const connection = readers[reader];
        if (!connection) throw new RangeError('no such reader');
        return run(connection);
      });
    } finally {
      const next = this.waiting.shift();
      if (next) next(reader);
      else this.free.push(reader);
    }
  }

  close(): void {
    if (this.opened) close(this.opened);
    this.opened = null;
  }

  private async use<T>(run: (opened: Opened) => Promise<T>): Promise<T> {
    const opened = this.opened ?? (await this.reopen());
    opened.users++;
    try {
      return await run(opened);
    } catch (error) {
      if (isFatal(error)) this.retire(opened);
      throw error;
    } finally {
      opened.users--;
      if (opened.users === 0) opened.unused?.();
    }
  }

  /** The next who needs it opens the file anew, once everything that runs on this one has ended. */
  private retire(opened: Opened): void {
    if (this.opened !== opened) return;
    this.opened = null;
    this.closed = new Promise((resolve) => {
      opened.unused = () => {
        close(opened);
        resolve();
      };
    });
    for (const reader of opened.readers) reader.interrupt();
  }

  /** An attempt that fails is the failure of those who wait for it; the next one tries again. */
  private reopen(): Promise<Opened> {
    this.opening ??= this.closed
      .then(() => openFile(this.options))
      .then((opened) => {
        this.opened = opened;
        return opened;
      })
      .finally(() => {
        this.opening = null;
      });
    return this.opening;
  }

  private take(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const free = this.free.pop();
    if (free !== undefined) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      const enter = (reader: number): void => {
        signal.removeEventListener('abort', leave);
        resolve(reader);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(enter);
    });
  }
}

async function interruptible<T>(
  signal: AbortSignal,
  connection: DuckDBConnection,
  run: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  // An interrupt that comes before the query has started is forgotten by DuckDB: so again until it has ended.
  const timer: { again?: ReturnType<typeof setInterval> } = {};
  const interrupt = (): void => {
    connection.interrupt();
    timer.again = setInterval(() => connection.interrupt(), 20);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await run(connection);
  } finally {
    signal.removeEventListener('abort', interrupt);
    clearInterval(timer.again);
  }
}

async function openFile({ file, memoryLimit, schema }: DatabaseOptions): Promise<Opened> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: memoryLimit,
    // Queries read the tracker's own table, and nothing is ever fetched.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false',
  }).catch((error: unknown) => {
    throw newerDuckDb(error, file) ?? error;
  });
  try {
    const writer = await instance.connect();
    await refuseNewer(writer, file, schema.version);
    for (const statement of schema.statements) await writer.run(statement);
    const readers: DuckDBConnection[] = [];
    for (let index = 0; index < READERS; index++) readers.push(await instance.connect());
    return { instance, writer, readers, users: 0, unused: null };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** One row for each version that has opened the file. */
async function refuseNewer(writer: DuckDBConnection, file: string, version: number): Promise<void> {
  await writer.run('CREATE TABLE IF NOT EXISTS data_version (version INTEGER)');
  const highest = await writer.runAndReadAll('SELECT max(version) FROM data_version');
  const found = Number(highest.getRows()[0]?.[0] ?? 0);
  if (found > version)
    throw new NewerData({ program: 'the tracker', where: file, found: `data version ${found}`, known: `up to version ${version}` });
  if (found < version) await writer.run('INSERT INTO data_version VALUES ($version)', { version });
}

/** A newer DuckDB, which came with a newer tracker, keeps its files in another way. */
function newerDuckDb(error: unknown, file: string): NewerData | null {
  const said =
    error instanceof Error ? /version number (\d+), but we can only read versions? (?:between )?([\d and]+\d)/.exec(error.message) : null;
  return said && new NewerData({ program: 'the tracker', where: file, found: `DuckDB storage ${said[1]}`, known: `storage ${said[2]}` });
}

function close({ instance, writer, readers }: Opened): void {
  for (const connection of [writer, ...readers]) connection.closeSync();
  instance.closeSync();
}

const isFatal = (error: unknown): boolean => error instanceof Error && FATAL.test(error.message);
