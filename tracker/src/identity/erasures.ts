/**
 * Whom account sites have to forget. Two things are made durable, in this order: the erased ids in erased.json, so that nobody is ever counted
 * under them again, and then an Erasure record in the log, at which every sink removes what it has. An entry is `pending` until the log has its
 * record; what a crash or a full spool leaves pending is brought to the log later. A record that comes twice does no harm, as nothing can be
 * stored under an erased id any more.
 */
import { join } from 'node:path';
import type { Erasure } from '../events/event';
import type { Appended, EventLog } from '../spool/log';
import { writeDurably } from '../storage/durable-file';
import { readVersioned, versioned } from '../storage/versioned-file';

interface Entry {
  visitor: string;
  /** Milliseconds since the epoch. */
  at: number;
  pending?: true;
}

/** By site. */
type Erased = Record<string, Entry[]>;

/** Ids in one record, far below what a record may hold. */
const PER_RECORD = 1000;

export class Erasures {
  private readonly file: string;
  private erased: Erased;
  private times = new Map<string, number>();
  private delivering: Promise<unknown> = Promise.resolve();

  constructor(
    folder: string,
    private readonly log: Pick<EventLog, 'append'>,
    private readonly report: (error: unknown) => void,
  ) {
    this.file = join(folder, 'erased.json');
    this.erased = (readVersioned(this.file) ?? {}) as Erased;
    this.index();
  }

  /** When this visitor was erased; null: never. */
  erasedAt(site: string, visitor: string): number | null {
    return this.times.size === 0 ? null : (this.times.get(`${site}/${visitor}`) ?? null);
  }

  /** For a store that cannot delete: ids to leave out of every answer, of those erased at `since` or later. */
  erasedVisitors(site: string, since = 0): readonly string[] {
    return (this.erased[site] ?? []).filter(({ at }) => at >= since).map(({ visitor }) => visitor);
  }

  /**
   * From now on nobody is counted under these ids; of those erased before, only the time is new. Throws when that cannot be written down; then
   * nothing has changed.
   */
  add(site: string, visitors: readonly string[], at: number): void {
    const entries = new Map((this.erased[site] ?? []).map((entry) => [entry.visitor, entry]));
    for (const visitor of visitors) {
      const known = entries.get(visitor);
      entries.set(visitor, known ? { ...known, at } : { visitor, at, pending: true });
    }
    this.keep({ ...this.erased, [site]: [...entries.values()] });
  }

  /** Brings what is pending to the log. Events of those visitors that are under way stand before it there, as the log keeps the order of calls. */
  deliver(): Promise<Appended | null> {
    const delivery = this.delivering.then(() => this.deliverPending());
    this.delivering = delivery;
    return delivery;
  }

  private async deliverPending(): Promise<Appended | null> {
    const pending = new Set(Object.values(this.erased).flatMap((entries) => entries.filter((entry) => entry.pending)));
    if (pending.size === 0) return null;
    const result = await this.log.append(this.records(pending));
    if (!result.ok) return result;
    const settled = Object.entries(this.erased).map(([site, entries]): [string, Entry[]] => [
      site,
      entries.map((entry) => (pending.has(entry) ? { visitor: entry.visitor, at: entry.at } : entry)),
    ]);
    try {
      this.keep(Object.fromEntries(settled));
    } catch (error) {
      this.report(error); // still pending: the log gets the record once more
    }
    return result;
  }

  private records(pending: ReadonlySet<Entry>): Buffer[] {
    const payloads: Buffer[] = [];
    for (const [site, entries] of Object.entries(this.erased)) {
      const due = entries.filter((entry) => pending.has(entry));
      for (let from = 0; from < due.length; from += PER_RECORD) {
        const some = due.slice(from, from + PER_RECORD);
        const at = Math.max(...some.map((entry) => entry.at));
        const record: Erasure = { kind: 'erasure', site_id: site, visitor_ids: some.map((entry) => entry.visitor), at };
        payloads.push(Buffer.from(JSON.stringify(record)));
      }
    }
    return payloads;
  }

  private keep(erased: Erased): void {
    writeDurably(this.file, versioned(erased));
    this.erased = erased;
    this.index();
  }

  private index(): void {
    this.times = new Map(
      Object.entries(this.erased).flatMap(([site, entries]) =>
        entries.map(({ visitor, at }): [string, number] => [`${site}/${visitor}`, at]),
      ),
    );
  }
}
