/**
 * The salts of the days (UTC), by which a visitor of a daily site is the same within a day and nobody afterwards. Today's is in use, yesterday's
 * stays for sessions across midnight, anything else goes for good, whether anybody visits or not.
 *
 * A clock that was set wrong and is set right again must not cost today's salt: its visitors would all be somebody new. So a clock that has just
 * jumped is believed only once it has gone on evenly for a while; until then a salt too many is kept rather than one lost.
 */
import { randomBytes } from 'node:crypto';
import { writeDurably } from '../storage/durable-file';
import { readVersioned, versioned } from '../storage/versioned-file';

const DAY = 86_400_000;
/** Between two looks a clock may go wrong by as much; more is a jump. */
const JUMP = 60_000;
/** How long it has to go evenly after one: as long as it takes a clock to be found wrong and to be set. */
const STEADY = 15 * 60_000;

export class Salts {
  private salts: Record<string, string>;
  /** Of the clock against the one that nobody sets; null before the first look. */
  private offset: number | null = null;
  private steadySince = 0;
  private jumped = false;

  constructor(
    private readonly file: string,
    private readonly report: (error: unknown) => void,
  ) {
    this.salts = (readVersioned(file) ?? {}) as Record<string, string>;
  }

  /** Days since the epoch. */
  known(day: number): string | undefined {
    return this.salts[dateOf(day)];
  }

  /** Made when the day has none yet. */
  of(day: number): string {
    const known = this.known(day);
    if (known !== undefined) return known;
    const salt = randomBytes(32).toString('base64');
    this.keep({ ...this.salts, [dateOf(day)]: salt });
    return salt;
  }

  /** Whether any went. */
  sweep(now: number, elapsed: number): boolean {
    const offset = now - elapsed;
    if (this.offset === null) this.steadySince = elapsed;
    else if (Math.abs(offset - this.offset) > JUMP) {
      this.jumped = true;
      this.steadySince = elapsed;
    }
    this.offset = offset;
    const steady = elapsed - this.steadySince >= STEADY;
    if (steady) this.jumped = false;
    const yesterday = dateOf(dayOf(now) - 1);
    const tomorrow = dateOf(dayOf(now) + 1);
    // Of days to come only a clock that was ahead leaves any; after a start it may be this one that is behind.
    const due = (date: string): boolean => (date < yesterday && !this.jumped) || (date > tomorrow && steady);
    const left = Object.entries(this.salts).filter(([date]) => !due(date));
    if (left.length === Object.keys(this.salts).length) return false;
    this.keep(Object.fromEntries(left));
    return true;
  }

  private keep(salts: Record<string, string>): void {
    this.salts = salts;
    try {
      writeDurably(this.file, versioned(salts));
    } catch (error) {
      // A full disk must not stop the counting: the salts live in memory, and a restart today would see new visitors.
      this.report(error);
    }
  }
}

export const dayOf = (moment: number): number => Math.floor(moment / DAY);

/** Days since the epoch as a date; the last one is remembered, as nearly all events are of one day. */
let remembered = { day: -1, date: '' };
export function dateOf(day: number): string {
  if (remembered.day !== day) remembered = { day, date: new Date(day * DAY).toISOString().slice(0, 10) };
  return remembered.date;
}
