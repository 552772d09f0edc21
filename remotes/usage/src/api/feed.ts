/** Asks one question, again every few seconds while somebody looks. */
import { type FeedState, isRetryable, Polling } from './polling';

export interface FeedOptions<Query> {
  /** Milliseconds until it is asked again, after an answer. */
  intervalMs(query: Query): number;
  /** What of a query the reader asks; the rest is about how it fits. Left out: all of it. */
  queryKey?(query: Query): unknown;
  now?(): number;
}

/** Queries that follow each other as fast as this belong to one movement, such as a drag: the last one is asked. */
const BURST_MS = 400;
const SETTLE_MS = 160;
/** After a failure, whatever the pace: twice as long each time, so that what is down is not held down. */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 60_000;

export class Feed<Query extends { site: string }, Data> extends Polling<Data> {
  #query: Query | null = null;
  /** The last answer, and to what: there again once that is asked for again, whatever failed in between. */
  #answer: { query: Query; data: Data; at: number } | null = null;
  /** Since the last answer. */
  #failures = 0;
  #queriedAt = Number.NEGATIVE_INFINITY;
  readonly #now: () => number;

  constructor(
    private readonly load: (query: Query, signal: AbortSignal) => Promise<Data>,
    onState: (state: FeedState<Data>) => void,
    private readonly options: FeedOptions<Query>,
  ) {
    super(onState);
    this.#now = options.now ?? Date.now;
  }

  /** Asks when the query is another one: at once, or when a movement of queries has come to rest. */
  setQuery(query: Query): void {
    if (same(query, this.#query)) return;
    const moving = this.#now() - this.#queriedAt < BURST_MS;
    this.#queriedAt = this.#now();
    if (this.#query && query.site !== this.#query.site) {
      this.#answer = null;
      this.state = { ...this.state, data: null, error: null };
    }
    this.#query = query;
    if (this.state.data === null) this.state = { ...this.state, ...this.#cachedAnswer(query) };
    if (!moving) {
      this.refresh();
      return;
    }
    this.cancel();
    this.set({ ...this.state, loading: true });
    this.refreshIn(SETTLE_MS);
  }

  refresh(): void {
    const query = this.#query;
    if (!query || !this.visible) return;
    const at = this.#now();
    this.set({ ...this.state, loading: true });
    this.ask((signal) => this.load(query, signal), {
      answered: (data) => {
        this.#answer = { query, data, at };
        this.#failures = 0;
        this.set({ data, at, error: null, loading: false });
        this.refreshIn(this.options.intervalMs(query));
      },
      failed: (error) => {
        // What answers another question must not stand beside an error as if it were merely old.
        this.set({ ...this.state, data: null, ...this.#cachedAnswer(query), error, loading: false });
        if (isRetryable(error)) this.refreshIn(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++));
      },
    });
  }

  stop(): void {
    this.cancel();
    this.#query = null;
  }

  #cachedAnswer(query: Query): Pick<FeedState<Data>, 'data' | 'at'> | undefined {
    const { data, at, query: answered } = this.#answer ?? {};
    const { queryKey = (whole: Query): unknown => whole } = this.options;
    return answered && data !== undefined && at !== undefined && same(queryKey(answered), queryKey(query)) ? { data, at } : undefined;
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
