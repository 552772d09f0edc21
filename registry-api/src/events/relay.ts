/** Moves events to the outbox and entries to the audit log, from the documents that they wait in. Every replica may run one: copying twice is harmless. */
import type { AuditLog } from '../audit/log';
import type { OutboxStore } from './outbox';
import { isEntry, type PendingSource } from './pending';

export interface RelayOptions {
  outbox: OutboxStore;
  audit: AuditLog;
  sources: readonly PendingSource[];
  /** Called after so many events were written. */
  onWritten(count: number): void;
  onError(error: unknown): void;
  /** How often documents are looked at without being woken: after a crash, or for a replica that died, milliseconds. */
  everyMs?: number;
}

export interface Relay {
  /** Something was written: look now. */
  wakeRelay(): void;
  /** Returns once everything that waited when it was called is where it belongs, whichever replica brought it there. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Documents, or in some stores items, that are asked for at once. */
const batch = 100;

export function startRelay({ outbox, audit, sources, onWritten, onError, everyMs = 1000 }: RelayOptions): Relay {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function drain(source: PendingSource): Promise<void> {
    for (;;) {
      const documents = await source.pending(batch);
      if (documents.length === 0) return;
      for (const { key, items } of documents) {
        for (const item of items) await (isEntry(item) ? audit.append(item) : outbox.append(item));
        await source.clear(
          key,
          items.map(({ id }) => id),
        );
        const events = items.filter((item) => !isEntry(item)).length;
        if (events > 0) onWritten(events);
      }
    }
  }

  async function run(): Promise<void> {
    do {
      again = false;
      for (const source of sources) await drain(source).catch(onError);
    } while (again && !stopped);
    running = null;
  }

  function wakeRelay(): void {
    if (stopped) return;
    again = true;
    running ??= run();
  }

  const timer = setInterval(wakeRelay, everyMs);
  wakeRelay();
  return {
    wakeRelay,
    settle: async () => {
      for (const source of sources) await drain(source);
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
