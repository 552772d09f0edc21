/** The last half hour, asked twice a second while somebody looks. An unchanged answer costs a 304 and no drawing. No framework. */
import type { Live } from '@datamesh/contracts';
import { DataError, isAbort } from '@datamesh/widget-sdk';
import { type FeedState, initialState, isRetryable, Polling } from './polling';
import { refusal } from './refusal';

const EVERY_MS = 500;
const AFTER_ERROR_MS = 3000;

export class LiveFeed extends Polling<Live> {
  #url: string | null = null;
  #etag: string | null = null;

  constructor(
    onState: (state: FeedState<Live>) => void,
    private readonly now: () => number = Date.now,
  ) {
    super(onState);
  }

  setQuery(url: string): void {
    if (url === this.#url) return;
    this.#url = url;
    this.#etag = null;
    // Figures of another question are not older ones of this: nobody shall take them for it, nor the next ones for news.
    if (this.state.data || this.state.error) this.set(initialState());
    this.refresh();
  }

  refresh(): void {
    const url = this.#url;
    if (!url || !this.visible) return;
    const began = this.now();
    this.ask((signal) => this.#load(url, signal), {
      answered: (data) => {
        // Unchanged, and nothing to take back: no reason to draw.
        if (data || this.state.error) this.set({ data: data ?? this.state.data, at: began, error: null, loading: false });
        this.refreshIn(Math.max(0, EVERY_MS - (this.now() - began)));
      },
      failed: (error) => {
        this.set({ ...this.state, error, loading: false });
        if (isRetryable(error)) this.refreshIn(AFTER_ERROR_MS);
      },
    });
  }

  stop(): void {
    this.cancel();
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
}
