/**
 * Keeps sessions durably without a store of their own: the table is written down now and then together with the spool position it reflects, and
 * on start what was acknowledged after that position is replayed. So a session survives kill -9, whichever sinks there are.
 */
import type { Erasure, StoredEvent } from '../events/event';
import type { EventLog, LogReader } from '../spool/log';
import { writeDurably } from '../storage/durable-file';
import { readVersioned, versioned } from '../storage/versioned-file';
import type { PastSnapshot } from './past-sessions';
import type { SessionSnapshot, Sessions } from './sessions';

interface Snapshot {
  position: number;
  sessions: SessionSnapshot;
  /** Not in files of earlier versions. */
  past?: PastSnapshot;
}

/** Reads the log like a sink does, so that what the snapshot does not know yet is not removed. */
export class SessionKeeper {
  private reader: LogReader | null = null;

  constructor(
    private readonly file: string,
    private readonly sessions: Sessions,
    private readonly report: (error: unknown) => void,
  ) {}

  /** The spool position of the snapshot; restores what it holds. */
  load(): number {
    const snapshot = readVersioned(this.file) as Snapshot | null;
    if (snapshot === null) return 0;
    const { position, sessions, past } = snapshot;
    this.sessions.restore(sessions, past);
    return position;
  }

  async replay(log: EventLog, from: number): Promise<void> {
    this.reader = log.reader('sessions', Math.min(from, log.tail()));
    for (let at = this.reader.position(); ; ) {
      const { payloads, next } = await this.reader.read(at, 1024 * 1024);
      if (payloads.length === 0) break;
      for (const payload of payloads) this.sessions.replay(JSON.parse(payload.toString('utf8')) as StoredEvent | Erasure);
      at = next;
    }
    // All readers are there now: what none of them needs goes, or a log that is full of it would stay so.
    this.reader.commit(this.reader.position());
  }

  /** The table may know a little more than the position says; replaying that again changes nothing. */
  save(position: number): void {
    if (this.reader === null || position === this.reader.position()) return;
    try {
      const snapshot: Snapshot = { position, ...this.sessions.snapshot() };
      writeDurably(this.file, versioned(snapshot));
      this.reader.commit(position);
    } catch (error) {
      this.report(error); // tried again at the next turn; the spool keeps what is not in the snapshot
    }
  }
}
