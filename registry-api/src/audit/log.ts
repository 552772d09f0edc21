import type { Clock } from '../clock';
import { isoTime } from '../clock';
import { type Audit, nextEntry } from './audit';
import type { AuditStore } from './store';

/** Appends in turn within this process; other processes are met by trying again with the next number. */
export function createAudit(store: AuditStore, clock: Clock): Audit {
  let turn: Promise<void> = Promise.resolve();
  return {
    append: (record) => {
      const mine = turn.then(async () => {
        for (;;) {
          const entry = nextEntry(await store.last(), record, isoTime(clock));
          if (await store.insert(entry)) return;
        }
      });
      turn = mine.catch(() => {
        // Whoever appended hears of it; the next in line tries for itself.
      });
      return mine;
    },
  };
}
