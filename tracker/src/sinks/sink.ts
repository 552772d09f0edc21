/** A store that the log is emptied into. A sink only writes: what is an event was decided before. */
export interface Sink {
  readonly name: string;
  /** Where to read on after a start; null when this sink has nothing yet. */
  position(): Promise<number | null>;
  /**
   * Writes all of it, or throws and is called again with the same. `next` is kept together with the rows, so that after any crash each event
   * is in the store exactly once, or where the store has no place for it after them: then it must take an event twice as one. Payloads are
   * StoredEvents as JSON, and Erasures between them; `positions` is where each stands.
   */
  write(payloads: readonly Buffer[], next: number, positions: readonly number[]): Promise<Written>;
  /** Events that it has taken and whose sums it has not made yet; absent where it makes none. */
  behind?(): number;
  /** Lets go of its connections; a write that hangs then fails. */
  close(): Promise<void>;
}

export interface Written {
  inserted: number;
  /** Already there by (site, event id), or twice in the batch. */
  duplicates: number;
  /** Refused for good, and put where the sink keeps such records. */
  deadLetters: number;
  /** No readable event, or refused everywhere: written down in the log and left out. */
  rejected: number;
}
