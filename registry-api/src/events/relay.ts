/** Moves events from the documents that they wait in to the outbox. Every replica may run one: copying twice is harmless. */
import type { OutboxStore } from './outbox';
import type { PendingSource } from './pending';

export interface RelayOptions {
  outbox: OutboxStore;
  sources: readonly PendingSource[];
  /** Called after events were written. */
  onWritten(count: number): void;
  onError(error: unknown): void;
  /** How often documents are looked at without a nudge: after a crash, or for a replica that died, milliseconds. */
  everyMs?: number;
}

export interface Relay {
  /** Something was written: look now. */
  nudge(): void;
  stop(): Promise<void>;
}

/** Documents, or in some stores events, that are asked for at once. */
const batch = 100;

export function startRelay({ outbox, sources, onWritten, onError, everyMs = 1000 }: RelayOptions): Relay {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function drain(source: PendingSource): Promise<void> {
    for (;;) {
      const documents = await source.pending(batch);
      if (documents.length === 0) return;
      for (const { key, events } of documents) {
        for (const event of events) await outbox.append(event);
        await source.clear(
          key,
          events.map(({ id }) => id),
        );
        onWritten(events.length);
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

  function nudge(): void {
    if (stopped) return;
    again = true;
    running ??= run();
  }

  const timer = setInterval(nudge, everyMs);
  nudge();
  return {
    nudge,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
