import { type Head, headOf, nextEntry, type PendingEntry } from './audit';
import type { AuditStore } from './store';

export interface AuditLog {
  /** Appends under the next number. Appending an id again changes nothing. */
  append(entry: PendingEntry): Promise<void>;
}

/** Appends in turn within this process; other processes are met by trying again with the next number. `appended` hears of each new end. */
export function createAuditLog(store: AuditStore, appended: (head: Head) => void = () => {}): AuditLog {
  let turn: Promise<void> = Promise.resolve();
  return {
    append: ({ id, at, record }) => {
      const mine = turn.then(async () => {
        for (;;) {
          const last = await store.last();
          const entry = nextEntry(last && headOf(last), record, at);
          const outcome = await store.insert(entry, id);
          if (outcome === 'inserted') appended(entry);
          if (outcome !== 'taken') return;
        }
      });
      turn = mine.catch(() => {
        // Whoever appended hears of it; the next in line tries for itself.
      });
      return mine;
    },
  };
}
