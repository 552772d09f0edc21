/** Asks one question, again every few seconds while somebody looks, and says what is known so far. No DOM, no framework. */
import { DataError, isAbort } from '@datamesh/widget-sdk';

export interface FeedState<Known> {
  known: Known | null;
  /** When that was asked, ms since the epoch. */
  at: number;
  /** The last attempt failed; what is known may be older. */
  error: DataError | null;
  loading: boolean;
}

export interface FeedOptions<Wish> {
  /** Milliseconds until it is asked again, after an answer. */
  every(wish: Wish): number;
  /** What of a wish the reader asks; the rest is about how it fits. Left out: all of it. */
  question?(wish: Wish): unknown;
  now?(): number;
}

/** Wishes that follow each other as fast as this belong to one movement, such as a drag: the last one is asked. */
const BURST_MS = 400;
const SETTLE_MS = 160;
/** After a failure, whatever the pace: twice as long each time, so that what is down is not held down. */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 60_000;

export const nothingYet = <Known>(): FeedState<Known> => ({ known: null, at: 0, error: null, loading: true });

export class Feed<Wish extends { site: string }, Known> {
  #wish: Wish | null = null;
  /** The last answer, and to what: there again once that is wished for again, whatever failed in between. */
  #answer: { wish: Wish; known: Known; at: number } | null = null;
  #state: FeedState<Known> = nothingYet();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #aborter: AbortController | undefined;
  #visible = true;
  /** Since the last answer. */
  #failures = 0;
  #wishedAt = Number.NEGATIVE_INFINITY;
  readonly #now: () => number;

  constructor(
    private readonly load: (wish: Wish, signal: AbortSignal) => Promise<Known>,
    private readonly tell: (state: FeedState<Known>) => void,
    private readonly options: FeedOptions<Wish>,
  ) {
    this.#now = options.now ?? Date.now;
  }

  /** Asks when the wish is another one: at once, or when a movement of wishes has come to rest. */
  ask(wish: Wish): void {
    if (same(wish, this.#wish)) return;
    const moving = this.#now() - this.#wishedAt < BURST_MS;
    this.#wishedAt = this.#now();
    if (this.#wish && wish.site !== this.#wish.site) {
      this.#answer = null;
      this.#state = { ...this.#state, known: null, error: null };
    }
    this.#wish = wish;
    if (this.#state.known === null) this.#state = { ...this.#state, ...this.#answerTo(wish) };
    if (!moving) {
      this.refresh();
      return;
    }
    this.#halt();
    this.#set({ ...this.#state, loading: true });
    this.#timer = setTimeout(() => this.refresh(), SETTLE_MS);
  }

  /** Nobody looks: what is under way ends, and nothing is asked until somebody does. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.refresh();
    else this.#halt();
  }

  refresh(): void {
    const wish = this.#wish;
    if (!wish || !this.#visible) return;
    this.#halt();
    const aborter = new AbortController();
    this.#aborter = aborter;
    const at = this.#now();
    this.#set({ ...this.#state, loading: true });
    this.load(wish, aborter.signal).then(
      (known) => {
        if (aborter.signal.aborted) return;
        this.#answer = { wish, known, at };
        this.#failures = 0;
        this.#set({ known, at, error: null, loading: false });
        this.#again(this.options.every(wish));
      },
      (cause: unknown) => {
        if (aborter.signal.aborted || isAbort(cause)) return;
        const error = errorOf(cause);
        // What answers another question must not stand beside an error as if it were merely old.
        this.#set({ ...this.#state, known: null, ...this.#answerTo(wish), error, loading: false });
        if (mayChange(error)) this.#again(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++));
      },
    );
  }

  stop(): void {
    this.#halt();
    this.#wish = null;
  }

  #answerTo(wish: Wish): Pick<FeedState<Known>, 'known' | 'at'> | undefined {
    const { known, at, wish: answered } = this.#answer ?? {};
    const { question = (whole: Wish): unknown => whole } = this.options;
    return answered && known !== undefined && at !== undefined && same(question(answered), question(wish)) ? { known, at } : undefined;
  }

  #again(ms: number): void {
    this.#timer = setTimeout(() => this.refresh(), ms);
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#aborter?.abort();
  }

  #set(state: FeedState<Known>): void {
    this.#state = state;
    this.tell(state);
  }
}

export const errorOf = (cause: unknown): DataError =>
  cause instanceof DataError ? cause : new DataError('failed', cause instanceof Error ? cause.message : String(cause));

/** Whether asking again by itself may help. A refusal stays one, but for those that are about the moment. */
export const mayChange = ({ status }: DataError): boolean =>
  status === null || status < 400 || status === 408 || status === 429 || status >= 500;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
