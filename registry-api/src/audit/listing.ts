/** Pages of the log by any filters: an index leads by one of them, the others are looked at entry by entry, up to a bound. */
import type { AuditEntry, UnreadableAuditEntry } from '@datamesh/contracts';
import { readEntry } from './audit';
import type { AuditPage, AuditPosition, AuditRow, AuditStore } from './store';

export type AuditFilters = Partial<Pick<AuditEntry, 'actor' | 'action' | 'subject'>> & Pick<AuditPage, 'from' | 'to'>;

export interface Listed {
  items: (AuditEntry | UnreadableAuditEntry)[];
  /** Where to go on; null: there is no more. */
  next: AuditPosition | null;
}

/** The fewest entries have one subject, the most one action. */
const leading = ['subject', 'actor', 'action'] as const;
/** Entries that one answer looks at. */
const maxLookedAt = 5000;
const piece = 500;

export async function listEntries(
  store: AuditStore,
  filters: AuditFilters,
  after: AuditPosition | null,
  limit: number,
  most = maxLookedAt,
): Promise<Listed> {
  const given = leading.flatMap((name) => (filters[name] === undefined ? [] : [[name, filters[name]] as const]));
  const [of = null, ...others] = given;
  const items: Listed['items'] = [];
  const atOnce = others.length === 0 ? limit + 1 : piece;
  let last = after;
  for (let looked = 0; looked < most; ) {
    const found = await store.page({ of, from: filters.from, to: filters.to, after: last, limit: atOnce });
    for (const row of found) {
      if (items.length === limit) return { items, next: last };
      last = { at: row.at, seq: row.seq };
      if (others.every(([name, value]) => row[name] === value)) items.push(readEntry(row) ?? unreadable(row));
    }
    if (found.length < atOnce) return { items, next: null };
    looked += found.length;
  }
  return { items, next: last };
}

/** Characters that are shown of what is no entry. */
const maxShown = 1000;

const unreadable = ({ entry, ...row }: AuditRow): UnreadableAuditEntry => ({ ...row, unreadable: entry.slice(0, maxShown) });
