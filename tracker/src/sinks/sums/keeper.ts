/**
 * When the sums are brought up to date. Little waits: now and then, and for no more than a twentieth of the time. Much waits: at once, before
 * more is taken. No sums at all yet (a file of an earlier version): portion after portion, with the sink's writes between them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database } from '../../storage/database';
import { type Behind, behindOf, catchUp, foldPending } from './fold';

/** Milliseconds between foldings when little waits. */
const EVERY = 15_000;
const SHARE = 20;
const LOOK_EVERY = 500;
/** Events: a question that counts so many one by one is still quick. */
const MUCH = 100_000;
/** Events in one transaction of catching up: writes wait for as long. */
const PORTION = 100_000;

export class SumsKeeper {
  private pending = 0;
  private unsummed = 0;
  /** Whether the two are known to be what the file says. */
  private looked = false;
  /** Little waits until then. */
  private foldAt = 0;
  /** After a failure nothing is tried until then. */
  private tryAt = 0;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly now: () => number,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Events that are in no sums yet. */
  behind(): number {
    return this.pending + this.unsummed;
  }

  /** After each write, with what it left: the events are in, whatever becomes of the sums. */
  async wrote(behind: Behind): Promise<void> {
    this.know(behind);
    if (this.pending >= MUCH) await this.attempt(() => this.fold());
  }

  async foldAll(): Promise<void> {
    await this.look();
    while (this.unsummed > 0) await this.portion();
    await this.fold();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const started = this.now();
      await this.attempt(async () => {
        if (!this.looked) await this.look();
        if (this.unsummed > 0) await this.portion();
        else if (this.pending > 0 && started >= this.foldAt) await this.fold();
      });
      // While it catches up it works half of the time.
      const pause = this.unsummed > 0 ? this.now() - started : LOOK_EVERY;
      await sleep(Math.max(1, Math.min(pause, LOOK_EVERY)), undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.now() < this.tryAt) return;
    try {
      await work();
    } catch (error) {
      this.failed(error);
      this.looked = false;
      this.tryAt = this.now() + EVERY;
    }
  }

  private async fold(): Promise<void> {
    const started = this.now();
    await this.transact(foldPending);
    const ended = this.now();
    this.foldAt = ended + Math.max(EVERY, (ended - started) * SHARE);
  }

  private portion(): Promise<void> {
    return this.transact((connection) => catchUp(connection, PORTION));
  }

  private look(): Promise<void> {
    return this.transact(async () => undefined);
  }

  private async transact(work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
    this.know(
      await this.database.write(async (connection) => {
        await work(connection);
        return behindOf(connection);
      }),
    );
  }

  private know({ pending, unsummed }: Behind): void {
    [this.pending, this.unsummed, this.looked] = [pending, unsummed, true];
  }
}
