/** The last half hour, asked twice a second while somebody looks. An unchanged answer costs a 304 and no drawing. No framework. */
import type { Live } from '@datamesh/contracts';
import { DataError, isAbort } from '@datamesh/widget-sdk';
import { errorOf, type FeedState, initialState, isRetryable } from './feed';
import { refusal } from './refusal';

const EVERY_MS = 500;
const AFTER_ERROR_MS = 3000;

export class LiveFeed {
  #url: string | null = null;
  #etag: string | null = null;
  #state: FeedState<Live> = initialState();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #aborter: AbortController | undefined;
  #visible = true;

  constructor(
    private readonly onState: (state: FeedState<Live>) => void,
    private readonly now: () => number = Date.now,
  ) {}

  setQuery(url: string): void {
    if (url === this.#url) return;
    this.#url = url;
    this.#etag = null;
    // Figures of another question are not older ones of this: nobody shall take them for it, nor the next ones for news.
    if (this.#state.data || this.#state.error) this.#set(initialState());
    this.refresh();
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.refresh();
    else this.#cancel();
  }

  refresh(): void {
    const url = this.#url;
    if (!url || !this.#visible) return;
    this.#cancel();
    const aborter = new AbortController();
    this.#aborter = aborter;
    const began = this.now();
    this.#load(url, aborter.signal).then(
      (data) => {
        if (aborter.signal.aborted) return;
        // Unchanged, and nothing to take back: no reason to draw.
        if (data || this.#state.error) this.#set({ data: data ?? this.#state.data, at: began, error: null, loading: false });
        this.#schedule(Math.max(0, EVERY_MS - (this.now() - began)));
      },
      (cause: unknown) => {
        if (aborter.signal.aborted || isAbort(cause)) return;
        const error = errorOf(cause);
        this.#set({ ...this.#state, error, loading: false });
        if (isRetryable(error)) this.#schedule(AFTER_ERROR_MS);
      },
    );
  }

  stop(): void {
    this.#cancel();
    this.#url = null;
  }

  /** null: as before. */
  async #load(url: string, signal: AbortSignal): Promise<Live | null> {
    const headers: Record<string, string> = { accept: 'application/json', ...(this.#etag ? { 'if-none-match': this.#etag } : {}) };
    const response = await fetch(url, { headers, signal, cache: 'no-store' }).catch((cause: unknown) => {
      throw isAbort(cause) ? cause : new DataError('unreachable', 'The server could not be reached');
    });
    if (response.status === 304) return null;
    if (!response.ok) throw await refusal(response);
    const live = (await response.json()) as Live;
    this.#etag = response.headers.get('etag');
    return live;
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => this.refresh(), ms);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#aborter?.abort();
  }

  #set(state: FeedState<Live>): void {
    this.#state = state;
    this.onState(state);
  }
}
