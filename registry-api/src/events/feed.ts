/** This process's view of the outbox's end: polls for what other replicas wrote, wakes whoever streams, keeps the newest in memory. */
import type { OutboxEvent, OutboxStore } from './outbox';

export interface Feed {
  /** The newest number that this process knows. */
  last(): number;
  /** Events after `seq`, in order, from memory where it reaches that far. */
  after(seq: number, limit: number): Promise<OutboxEvent[]>;
  bounds(): Promise<{ first: number; last: number }>;
  /** Looks at the outbox now. */
  refresh(): Promise<void>;
  /** Runs after new events; returns how to end that. */
  onEvents(listener: () => void): () => void;
  stop(): Promise<void>;
}

export interface FeedOptions {
  outbox: OutboxStore;
  onError(error: unknown): void;
  /** How long an event of another replica may stay unseen, milliseconds. */
  everyMs?: number;
  /** How many events stay in memory. */
  remember?: number;
}

const page = 500;

export async function startFeed({ outbox, onError, everyMs = 500, remember = 1000 }: FeedOptions): Promise<Feed> {
  let last = (await outbox.bounds()).last;
  let recent: OutboxEvent[] = [];
  let reading: Promise<void> | null = null;
  let again = false;
  const listeners = new Set<() => void>();

  async function read(): Promise<void> {
    do {
      again = false;
      for (;;) {
        const events = await outbox.after(last, page);
        const newest = events.at(-1);
        if (!newest) break;
        // Trimmed while this process was not looking: what is in memory must be without gaps, for it is addressed by number.
        const follows = events[0]?.seq === last + 1;
        recent = [...(follows ? recent : []), ...events].slice(-remember);
        last = newest.seq;
        for (const listener of [...listeners]) listener();
      }
    } while (again);
  }

  function refresh(): Promise<void> {
    again = true;
    reading ??= read()
      .catch(onError)
      .finally(() => {
        reading = null;
      });
    return reading;
  }

  // Nobody listens: nothing to look for.
  const timer = setInterval(() => {
    if (listeners.size > 0) void refresh();
  }, everyMs);

  return {
    last: () => last,
    after: async (seq, limit) => {
      const oldest = recent[0];
      if (seq >= last) return [];
      if (oldest && seq >= oldest.seq - 1) return recent.slice(seq - oldest.seq + 1, seq - oldest.seq + 1 + limit);
      return outbox.after(seq, limit);
    },
    bounds: () => outbox.bounds(),
    refresh,
    onEvents: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      clearInterval(timer);
      listeners.clear();
      await reading;
    },
  };
}
