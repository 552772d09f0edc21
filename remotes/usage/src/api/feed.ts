/** Asks one question, again every few seconds while somebody looks, and says what is known so far. No DOM, no framework. */
import { DataError, isAbort } from '@datamesh/widget-sdk';

export interface FeedState<Data> {
  data: Data | null;
  /** When that was asked, ms since the epoch. */
  at: number;
  /** The last attempt failed; what is known may be older. */
  error: DataError | null;
  loading: boolean;
}

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

export const initialState = <Data>(): FeedState<Data> => ({ data: null, at: 0, error: null, loading: true });

export class Feed<Query extends { site: string }, Data> {
  #query: Query | null = null;
  /** The last answer, and to what: there again once that is asked for again, whatever failed in between. */
  #answer: { query: Query; data: Data; at: number } | null = null;
  #state: FeedState<Data> = initialState();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #aborter: AbortController | undefined;
  #visible = true;
  /** Since the last answer. */
  #failures = 0;
  #queriedAt = Number.NEGATIVE_INFINITY;
  readonly #now: () => number;

  constructor(
    private readonly load: (query: Query, signal: AbortSignal) => Promise<Data>,
    private readonly onState: (state: FeedState<Data>) => void,
    private readonly options: FeedOptions<Query>,
  ) {
    this.#now = options.now ?? Date.now;
  }

  /** Asks when the query is another one: at once, or when a movement of queries has come to rest. */
  setQuery(query: Query): void {
    if (same(query, this.#query)) return;
    const moving = this.#now() - this.#queriedAt < BURST_MS;
    this.#queriedAt = this.#now();
    if (this.#query && query.site !== this.#query.site) {
      this.#answer = null;
      this.#state = { ...this.#state, data: null, error: null };
    }
    this.#query = query;
    if (this.#state.data === null) this.#state = { ...this.#state, ...this.#cachedAnswer(query) };
    if (!moving) {
      this.refresh();
      return;
    }
    this.#cancel();
    this.#set({ ...this.#state, loading: true });
    this.#timer = setTimeout(() => this.refresh(), SETTLE_MS);
  }

  /** Nobody looks: what is under way ends, and nothing is asked until somebody does. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.refresh();
    else this.#cancel();
  }

  refresh(): void {
    const query = this.#query;
    if (!query || !this.#visible) return;
    this.#cancel();
    const aborter = new AbortController();
    this.#aborter = aborter;
    const at = this.#now();
    this.#set({ ...this.#state, loading: true });
    this.load(query, aborter.signal).then(
      (data) => {
        if (aborter.signal.aborted) return;
        this.#answer = { query, data, at };
        this.#failures = 0;
        this.#set({ data, at, error: null, loading: false });
        this.#schedule(this.options.intervalMs(query));
      },
      (cause: unknown) => {
        if (aborter.signal.aborted || isAbort(cause)) return;
        const error = errorOf(cause);
        // What answers another question must not stand beside an error as if it were merely old.
        this.#set({ ...this.#state, data: null, ...this.#cachedAnswer(query), error, loading: false });
        if (isRetryable(error)) this.#schedule(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++));
      },
    );
  }

  stop(): void {
    this.#cancel();
    this.#query = null;
  }

  #cachedAnswer(query: Query): Pick<FeedState<Data>, 'data' | 'at'> | undefined {
    const { data, at, query: answered } = this.#answer ?? {};
    const { queryKey = (whole: Query): unknown => whole } = this.options;
    return answered && data !== undefined && at !== undefined && same(queryKey(answered), queryKey(query)) ? { data, at } : undefined;
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => this.refresh(), ms);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#aborter?.abort();
  }

  #set(state: FeedState<Data>): void {
    this.#state = state;
    this.onState(state);
  }
}

export const errorOf = (cause: unknown): DataError =>
  cause instanceof DataError ? cause : new DataError('failed', cause instanceof Error ? cause.message : String(cause));

/** Whether asking again by itself may help. A refusal stays one, but for those that are about the moment. */
export const isRetryable = ({ status }: DataError): boolean =>
  status === null || status < 400 || status === 408 || status === 429 || status >= 500;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
