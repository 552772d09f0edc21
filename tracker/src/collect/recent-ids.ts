/**
 * Step `deduplicate`: the ids acknowledged last. A client that did not hear an answer sends again; most of that need not go through the log and
 * the sinks once more. Only a saving: sinks remove duplicates exactly, and whatever is older than the window is theirs.
 */
const WINDOW = 100_000;

export class RecentIds {
  /** Two generations of half a window: forgetting is dropping a whole set. */
  private young = new Set<string>();
  private old = new Set<string>();

  constructor(private readonly window = WINDOW) {}

  has(site: string, id: string): boolean {
    const key = keyOf(site, id);
    return this.young.has(key) || this.old.has(key);
  }

  /** Only what is acknowledged: an event that the log still may refuse has to get through when it comes again. */
  add(site: string, id: string): void {
    if (this.young.size >= this.window / 2) {
      this.old = this.young;
      this.young = new Set();
    }
    this.young.add(keyOf(site, id));
  }
}

/** A string of its own: an id that is a piece of a query string would keep all of that string in memory. */
const keyOf = (site: string, id: string): string => `${site}/${id}`;
