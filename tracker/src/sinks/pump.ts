/** Moves the log into one sink: in batches, at the sink's own pace, and for as long as an outage of it lasts. Collecting goes on meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, LogBatch, LogReader } from '../spool/log';
import type { Sink, Written } from './sink';

export interface PumpReport {
  written(sink: string, written: Written, milliseconds: number): void;
  failed(sink: string, error: unknown, attempt: number): void;
}

/** Of the log: where it ends, and when that changes. */
export type PumpLog = Pick<EventLog, 'onAppended' | 'tail'>;

export interface PumpOptions {
  log: PumpLog;
  reader: LogReader;
  sink: Sink;
  report: PumpReport;
  now(): number;
  /**
   * How long to gather after the first event, in milliseconds: a commit costs about the same for one event as for a thousand. Twice as long as the
   * last one took, if that is more, so that writing takes a third of the time at most; but no pause where a whole batch waits.
   */
  lingerMs?: number;
  maxBytes?: number;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;
const LONGEST_LINGER = 500;

export class Pump {
  private readonly stopping = new AbortController();
  private readonly wakeUp = new Set<() => void>();
  private readonly draining = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: PumpOptions) {}

  start(): void {
    const dispose = this.options.log.onAppended(() => this.wake());
    this.running = this.run().finally(dispose);
  }

  /** Writes what the log still holds, but for no longer than this; what is left stays in the log. */
  async stop(milliseconds: number): Promise<void> {
    this.draining.abort();
    this.wake();
    const timer = setTimeout(() => {
      this.stopping.abort();
      // A write that hangs ends with its connections; the pump's own loop reports it.
      this.options.sink.close().catch((error: unknown) => this.options.report.failed(this.options.sink.name, error, 0));
    }, milliseconds);
    await this.running;
    clearTimeout(timer);
    await this.options.reader.close();
  }

  private async run(): Promise<void> {
    const { reader, maxBytes = 4 * 1024 * 1024, lingerMs = 100 } = this.options;
    let at = reader.position();
    while (!this.stopping.signal.aborted) {
      const started = this.options.now();
      const batch = await this.untilItWorks(() => reader.read(at, maxBytes));
      if (batch === null) return;
      if (batch.payloads.length > 0 && !(await this.deliver(batch))) return;
      if (batch.next > at) reader.commit(batch.next);
      at = batch.next;
      const waiting = this.options.log.tail() - at;
      if (this.draining.signal.aborted && waiting === 0) return;
      if (this.draining.signal.aborted || waiting >= maxBytes) continue;
      const linger = Math.max(lingerMs, Math.min(2 * (this.options.now() - started), LONGEST_LINGER));
      await this.more(at);
      await pause(linger, this.draining.signal);
    }
  }

  private async deliver(batch: LogBatch): Promise<boolean> {
    const { sink, report, now } = this.options;
    const started = now();
    const written = await this.untilItWorks(() => sink.write(batch.payloads, batch.next, batch.positions));
    if (written) report.written(sink.name, written, now() - started);
    return written !== null;
  }

  /** null when the pump was told to stop first. */
  private async untilItWorks<T>(work: () => Promise<T>): Promise<T | null> {
    for (let attempt = 1; !this.stopping.signal.aborted; attempt++) {
      try {
        return await work();
      } catch (error) {
        this.options.report.failed(this.options.sink.name, error, attempt);
        await pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)), this.stopping.signal);
      }
    }
    return null;
  }

  private async more(at: number): Promise<void> {
    while (this.options.log.tail() <= at && !this.draining.signal.aborted)
      await new Promise<void>((resolve) => {
        this.wakeUp.add(resolve);
      });
  }

  private wake(): void {
    for (const resolve of this.wakeUp) resolve();
    this.wakeUp.clear();
  }
}

/** No longer than until it is told to stop. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
