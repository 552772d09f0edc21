/**
 * A sink in a process of its own, as the tracker has it: started, watched, and started again for as long as the tracker runs. The spool keeps what
 * the sink has not taken; how that goes, and how often it dies, is no business of collecting.
 */
import type { EventLog, LogReader } from '../../spool/log';
import type { Written } from '../sink';
import { SinkChild } from './child';
import { errorOf, type FromSink, type SinkSettings, type SinkState, type SpoolEnd } from './messages';
import { Questions } from './questions';

export interface SinkReport {
  written(sink: string, written: Written, milliseconds: number): void;
  /** The store did not take a batch: it is tried again. */
  failed(sink: string, error: unknown, attempt: number): void;
  /** A stretch of the spool cannot be read and is stepped over. */
  damaged(position: number, bytes: number): void;
  /** The spool no longer holds what follows the sink's position. */
  missed(sink: string, position: number, bytes: number): void;
  /** The process is gone, or could not be started, and is started after this pause, in milliseconds. */
  restarting(sink: string, why: string, pause: number): void;
  onLog(sink: string, text: string, about: Record<string, unknown>): void;
}

export interface SinkProcessOptions {
  /** The built program of such a process. */
  program: URL;
  settings: SinkSettings;
  report: SinkReport;
  /** Milliseconds, of a clock that nobody sets. */
  now(): number;
  /** Milliseconds between looks whether it hangs. */
  lookEvery?: number;
}

const LOOK_EVERY = 5000;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;
/** Who has lived so long, in milliseconds, begins with the first pause again. */
const STEADY = 60_000;
/** The process hears of the log's end at most so often, in milliseconds: hundreds of groups a second are one word to it. */
const SEND_EVERY = 20;
/** After the time to empty the spool: for closing the store. */
const CLOSING = 800;

export class SinkProcess {
  readonly name: SinkSettings['sink'];
  readonly questions: Questions;
  private child: SinkChild | null = null;
  /** The one that has opened its store. */
  private current: SinkChild | null = null;
  private followed: { log: EventLog; reader: LogReader; dispose(): void } | null = null;
  private sendTimer: NodeJS.Timeout | null = null;
  private restart: NodeJS.Timeout | null = null;
  private stopping = false;
  private failures = 0;
  private startedAt = 0;
  private began = 0;
  private said: SinkState = { behind: null, residentBytes: 0, cpuSeconds: 0 };

  constructor(private readonly options: SinkProcessOptions) {
    this.name = options.settings.sink;
    this.questions = new Questions(() => {
      const { current } = this;
      return current && ((message) => current.say(message));
    });
  }

  /** Where its store stands; null: nothing yet. Rejects with what keeps it from opening. */
  async start(): Promise<number | null> {
    this.startedAt = this.options.now();
    this.began++;
    const child: SinkChild = new SinkChild(this.options.program, this.options.lookEvery ?? LOOK_EVERY, {
      message: (message) => this.onMessage(child, message),
      gone: (how) => this.gone(how),
    });
    this.child = child;
    const position = await child.open(this.options.settings);
    this.current = child;
    return position;
  }

  /** From now on it takes what the log gets. `reader` keeps in the log what it has not taken. */
  follow(log: EventLog, reader: LogReader, position: number | null): void {
    this.followed = { log, reader, dispose: log.onAppended(() => this.sendEndSoon()) };
    this.goOn(position);
  }

  /** Bytes between this sink and the end of the log. */
  lag(): number {
    return this.followed ? this.followed.log.tail() - this.followed.reader.position() : 0;
  }

  /** Whether its store is open, how often a process of it was started, and what it last said of itself. */
  state(): SinkState & { up: boolean; starts: number; pid: number | null } {
    return { ...this.said, up: this.current !== null, starts: this.began, pid: this.current?.pid ?? null };
  }

  /** Takes what the log still holds, but for no longer than this; what is left stays in the log. */
  async stop(milliseconds: number): Promise<void> {
    this.stopping = true;
    if (this.restart) clearTimeout(this.restart);
    if (this.sendTimer) clearTimeout(this.sendTimer);
    if (this.current) {
      this.sendEnd();
      this.current.say({ kind: 'stop', within: milliseconds });
    } else this.child?.kill();
    await this.child?.gone(milliseconds + CLOSING);
    this.followed?.dispose();
    await this.followed?.reader.close();
  }

  private onMessage(child: SinkChild, message: FromSink): void {
    const { report } = this.options;
    switch (message.kind) {
      case 'read':
        void this.sendBatch(child, message);
        break;
      case 'written':
        report.written(this.name, message.written, message.milliseconds);
        break;
      case 'committed':
        this.followed?.reader.commit(message.position);
        break;
      case 'failed':
        report.failed(this.name, errorOf(message.failure), message.attempt);
        break;
      case 'damaged':
        report.damaged(message.position, message.bytes);
        break;
      case 'told':
        report.onLog(this.name, message.text, message.about);
        break;
      case 'answered':
      case 'unanswered':
        this.questions.answered(message);
        break;
      case 'state':
        this.said = message;
        break;
    }
  }

  private async sendBatch(child: SinkChild, { from, maxBytes }: Extract<FromSink, { kind: 'read' }>): Promise<void> {
    const batch = await this.followed?.reader.read(from, maxBytes);
    if (batch) child.say({ kind: 'batch', batch });
  }

  private gone(how: string): void {
    this.current = null;
    this.questions.lost();
    if (!this.stopping) this.startLater(how);
  }

  private startLater(why: string): void {
    if (this.options.now() - this.startedAt >= STEADY) this.failures = 0;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures++);
    this.options.report.restarting(this.name, why, pause);
    this.restart = setTimeout(() => {
      this.start().then(
        (position) => this.goOn(position),
        (error: unknown) => {
          if (!this.stopping) this.startLater(error instanceof Error ? error.message : String(error));
        },
      );
    }, pause);
  }

  /** Where the store stands is where it goes on: it may have written more than it came to say, and never less. */
  private goOn(position: number | null): void {
    if (!this.followed || this.stopping) return;
    const { reader } = this.followed;
    const from = reader.position();
    if (position !== null && from > position) this.options.report.missed(this.name, position, from - position);
    const next = Math.max(from, position ?? from);
    this.current?.say({ kind: 'follow', from: next, end: this.end() });
    if (next > from) reader.commit(next);
  }

  private sendEndSoon(): void {
    this.sendTimer ??= setTimeout(() => {
      this.sendTimer = null;
      this.sendEnd();
    }, SEND_EVERY);
  }

  private sendEnd(): void {
    this.current?.say({ kind: 'appended', end: this.end() });
  }

  private end(): SpoolEnd {
    const { log } = this.followed ?? {};
    return log ? { tail: log.tail(), segments: log.held() } : { tail: 0, segments: [] };
  }
}
