/** Asks again and again while somebody looks, and says what is known so far. No DOM, no framework. */
import { DataError, isAbort } from '@datamesh/widget-sdk';

export interface FeedState<Data> {
  data: Data | null;
  /** When that was asked, ms since the epoch. */
  at: number;
  /** The last attempt failed; what is known may be older. */
  error: DataError | null;
  loading: boolean;
}

export const initialState = <Data>(): FeedState<Data> => ({ data: null, at: 0, error: null, loading: true });

/** What is done with an answer, or instead of one; neither happens once something else is asked, or nobody looks any more. */
interface Outcome<Answer> {
  answered(answer: Answer): void;
  failed(error: DataError): void;
}

export abstract class Polling<Data> {
  protected state: FeedState<Data> = initialState();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #aborter: AbortController | undefined;
  #visible = true;

  constructor(private readonly onState: (state: FeedState<Data>) => void) {}

  /** Asks now what is to be asked. */
  abstract refresh(): void;

  /** Nobody looks: what is under way ends, and nothing is asked until somebody does. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.refresh();
    else this.cancel();
  }

  protected get visible(): boolean {
    return this.#visible;
  }

  /** In the place of what is under way. */
  protected ask<Answer>(load: (signal: AbortSignal) => Promise<Answer>, { answered, failed }: Outcome<Answer>): void {
    this.cancel();
    const aborter = new AbortController();
    this.#aborter = aborter;
    const { signal } = aborter;
    load(signal).then(
      (answer) => {
        if (!signal.aborted) answered(answer);
      },
      (cause: unknown) => {
        if (!signal.aborted && !isAbort(cause)) failed(errorOf(cause));
      },
    );
  }

  /** Milliseconds. */
  protected refreshIn(ms: number): void {
    this.#timer = setTimeout(() => this.refresh(), ms);
  }

  protected cancel(): void {
    clearTimeout(this.#timer);
    this.#aborter?.abort();
  }

  protected set(state: FeedState<Data>): void {
    this.state = state;
    this.onState(state);
  }
}

export const errorOf = (cause: unknown): DataError =>
  cause instanceof DataError ? cause : new DataError('failed', cause instanceof Error ? cause.message : String(cause));

/** Whether asking again by itself may help. A refusal stays one, but for those that are about the moment. */
export const isRetryable = ({ status }: DataError): boolean =>
  status === null || status < 400 || status === 408 || status === 429 || status >= 500;
