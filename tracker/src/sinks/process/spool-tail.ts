/** The spool as another process than its writer sees it: the writer says what is acknowledged, the files are read here. */
import { readingFiles } from '../../spool/files.node';
import type { LogBatch, LogReader } from '../../spool/log';
import { SpoolReader } from '../../spool/reader';
import type { PumpLog } from '../pump';
import type { FromSink, SpoolEnd } from './messages';

export class SpoolTail implements PumpLog {
  private readonly listeners = new Set<() => void>();
  /** What the reader asked for and has not got, with SPOOL=off. */
  private arrived: ((batch: LogBatch) => void) | null = null;

  constructor(
    private end: SpoolEnd,
    private readonly say: (message: FromSink) => void,
  ) {}

  tail(): number {
    return this.end.tail;
  }

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  appended(end: SpoolEnd): void {
    this.end = end;
    for (const listener of this.listeners) listener();
  }

  batch(batch: LogBatch): void {
    this.arrived?.(batch);
    this.arrived = null;
  }

  /** Reads the files of this folder. */
  files(name: string, from: number, folder: string): LogReader {
    const end = (): SpoolEnd => this.end;
    const reader: SpoolReader = new SpoolReader(name, from, {
      files: readingFiles(folder),
      get segments() {
        return end().segments;
      },
      tail: () => this.end.tail,
      committed: () => this.say({ kind: 'committed', position: reader.position() }),
      closed: () => undefined,
      damaged: (position, bytes) => this.say({ kind: 'damaged', position, bytes }),
    });
    return reader;
  }

  /** There are no files: reads what the writer sends. */
  memory(name: string, from: number): LogReader {
    let done = from;
    return {
      name,
      read: (at, maxBytes) =>
        new Promise((resolve) => {
          this.arrived = resolve;
          this.say({ kind: 'read', from: at, maxBytes });
        }),
      commit: (position) => {
        done = position;
        this.say({ kind: 'committed', position });
      },
      position: () => done,
      close: () => Promise.resolve(),
    };
  }
}
