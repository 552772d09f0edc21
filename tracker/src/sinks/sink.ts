/** A store that the log is emptied into. A sink only writes: what is an event was decided before. */
export interface Sink {
  readonly name: string;
  /** Where to read on after a start; null when this sink has nothing yet. */
  position(): Promise<number | null>;
  /**
   * Writes all of it, or throws and is called again with the same. `next` is kept together with the rows, so that after any crash each event
   * is in the store exactly once. Payloads are StoredEvents as JSON.
   */
  write(payloads: readonly Buffer[], next: number): Promise<Written>;
}

export interface Written {
  inserted: number;
  /** Already there by (site, event id), or twice in the batch. */
  duplicates: number;
  /** No readable event: written down in the log and left out. */
  rejected: number;
}
