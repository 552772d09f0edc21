/** One life of a sink's process, as the tracker sees it: it is started, spoken to, and gone at some moment. */
import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { errorOf, type FromSink, type SinkSettings, type ToSink } from './messages';

/** Collecting goes before writing up: with the processors all taken, the sink gets less of them, and bigger batches. */
const NICENESS = 5;
/** Looks without a word, one after the other, after which it counts as hanging. Not a span of time: a machine that was asleep is no reason. */
const SILENT_LOOKS = 6;

export interface ChildEvents {
  /** After `opened`: everything that the process says. */
  message(message: FromSink): void;
  /** It is gone; the signal or the code says how. */
  gone(how: string): void;
}

export class SinkChild {
  private readonly process: ChildProcess;
  private readonly exited: Promise<void>;
  private silent = 0;
  private settled: { opened(position: number | null): void; refused(error: Error): void } | null = null;
  private isOpen = false;

  constructor(
    program: URL,
    /** Milliseconds between looks whether the process has said anything; it says something every second. */
    lookEvery: number,
    private readonly events: ChildEvents,
  ) {
    // Nothing of it belongs to the tracker's own output but what a crash prints.
    this.process = fork(fileURLToPath(program), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
    this.process.on('message', (message: FromSink) => this.onMessage(message));
    this.process.on('error', () => undefined); // whatever went wrong with it, it ends
    const look = setInterval(() => this.look(), lookEvery).unref();
    this.exited = new Promise((resolve) => {
      this.process.once('close', (code, signal) => {
        clearInterval(look);
        const how = signal ?? `exit code ${code}`;
        if (this.settled) this.settled.refused(new Error(`the process of a sink ended while it was starting (${how})`));
        else if (this.isOpen) events.gone(how);
        resolve();
      });
    });
    this.lower();
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Its store's position. Rejects with what keeps it from opening; then it is gone. */
  open(settings: SinkSettings): Promise<number | null> {
    this.say({ kind: 'open', settings });
    return new Promise((resolve, reject) => {
      this.settled = {
        opened: (position) => {
          this.settled = null;
          this.isOpen = true;
          resolve(position);
        },
        refused: (error) => {
          this.settled = null;
          this.kill();
          void this.exited.then(() => reject(error));
        },
      };
    });
  }

  /** To a process that is gone, nothing: its end is told by `gone`. */
  say(message: ToSink): void {
    if (this.process.connected) this.process.send(message, undefined, undefined, () => undefined);
  }

  /** Resolves when it is gone, which it is after this time at the latest. */
  async gone(milliseconds: number): Promise<void> {
    const timer = setTimeout(() => this.kill(), milliseconds);
    await this.exited;
    clearTimeout(timer);
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  private onMessage(message: FromSink): void {
    this.silent = 0;
    if (message.kind === 'opened') this.settled?.opened(message.position);
    else if (message.kind === 'refused') this.settled?.refused(errorOf(message.failure));
    else this.events.message(message);
  }

  /** While it opens it may be silent: a big store takes its time. */
  private look(): void {
    if (this.isOpen && ++this.silent >= SILENT_LOOKS) this.kill();
  }

  private lower(): void {
    try {
      if (this.process.pid !== undefined) setPriority(this.process.pid, NICENESS);
    } catch {
      // It is gone already, or a platform has no such thing: that is all the same here.
    }
  }
}
