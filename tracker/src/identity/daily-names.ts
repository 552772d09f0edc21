/**
 * Names of daily visitors that need not be computed again: a page view is followed by others of the same visitor, and an HMAC costs more than all
 * other steps of an event. It holds addresses, in memory alone, until ten minutes after the last event of a visitor, and no longer than the salts that the names are made with.
 */
const KEPT = 5000;
/** Milliseconds. */
const TURN_EVERY = 5 * 60_000;

export class DailyNames {
  /** Two generations: forgetting is dropping a whole map. */
  private young = new Map<string, string>();
  private old = new Map<string, string>();
  private turnedAt = 0;

  of(visitor: string, compute: () => string): string {
    const known = this.young.get(visitor);
    if (known !== undefined) return known;
    const name = this.old.get(visitor) ?? compute();
    if (this.young.size >= KEPT) this.turn();
    this.young.set(visitor, name);
    return name;
  }

  /** To be called now and then. `elapsed` in milliseconds, by a clock that nobody sets; `all`: a salt has gone. */
  forget(elapsed: number, all: boolean): void {
    if (all) this.young = new Map();
    if (all || elapsed - this.turnedAt >= TURN_EVERY) {
      this.turn();
      this.turnedAt = elapsed;
    }
  }

  private turn(): void {
    this.old = this.young;
    this.young = new Map();
  }
}
