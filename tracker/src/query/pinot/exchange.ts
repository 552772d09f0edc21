/**
 * One question to one broker, as the HTTP client that pinot-client asks for. Its own one has neither time limit nor cancellation, takes every
 * body for JSON, and corrupts whole numbers beyond 2^53; and it wraps whatever is thrown into an error without class or cause. So what came
 * of the question is kept here.
 */
import { randomUUID } from 'node:crypto';
import type { HttpClient, HttpClientResponse } from 'pinot-client';
import { PinotError } from './errors';
import { parseLossless } from './lossless';

export interface ExchangeOptions {
  /** Ends the question. */
  signal: AbortSignal;
  timeoutMs: number;
  /** Sent beside the SQL, never within it. */
  queryOptions: Readonly<Record<string, string | number | boolean>>;
}

/** From proxies before a broker, and from brokers that start or stop. */
const AWAY = new Set([502, 503, 504]);
/** How long Pinot is given to take note that a query is not wanted any more. */
const CANCEL_TIMEOUT = 2000;

export class Exchange implements HttpClient {
  /** By this name the broker can be told to end the query. */
  private readonly id = randomUUID();
  /** The whole answer, with what pinot-client would throw away. */
  answer: Record<string, unknown> | null = null;
  failure: unknown = null;

  constructor(private readonly options: ExchangeOptions) {}

  async get<T>(): Promise<HttpClientResponse<T>> {
    throw new Error('only controllers are asked with GET');
  }

  async post<T>(url: string, data: object, { headers }: { headers: Record<string, string> }): Promise<HttpClientResponse<T>> {
    const { signal, timeoutMs } = this.options;
    const timeUp = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ ...data, queryOptions: this.queryOptions() }),
        signal: AbortSignal.any([signal, timeUp]),
        redirect: 'manual', // to a page of a sign-in, at best
      });
      const text = await response.text();
      if (response.status !== 200) throw refused(response.status, text);
      this.answer = objectOf(text);
      // pinot-client throws when there are exceptions, also where rows came along, and when the field is missing; answer.ts judges them.
      return { status: 200, data: { ...this.answer, exceptions: [] } as T };
    } catch (error) {
      if (signal.aborted || timeUp.aborted) this.cancel(url, headers);
      this.failure = this.typed(error, signal, timeUp);
      throw this.failure;
    }
  }

  private queryOptions(): string {
    const options = { ...this.options.queryOptions, timeoutMs: this.options.timeoutMs, clientQueryId: this.id };
    return Object.entries(options)
      .map(([name, value]) => `${name}=${value}`)
      .join(';');
  }

  private typed(error: unknown, signal: AbortSignal, timeUp: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    if (timeUp.aborted) return new PinotError('query_timeout', `no answer within ${this.options.timeoutMs} ms`);
    if (error instanceof PinotError) return error;
    return new PinotError('pinot_unreachable', `${String(error)}: ${String(error instanceof Error ? error.cause : '')}`, error);
  }

  /**
   * Pinot computes on when its client is gone, unless told otherwise. Brokers since 1.4 know a query by its client's name for it; earlier
   * ones answer 404 and go on until `timeoutMs`. Nobody waits for it, so its own failure is nobody's.
   */
  private cancel(url: string, headers: Record<string, string>): void {
    fetch(new URL(`/query/${this.id}?client=true`, url), {
      method: 'DELETE',
      headers,
      signal: AbortSignal.timeout(CANCEL_TIMEOUT),
    }).then(
      (response) => response.body?.cancel(),
      () => undefined,
    );
  }
}

function refused(status: number, text: string): PinotError {
  return new PinotError(AWAY.has(status) ? 'pinot_unreachable' : 'pinot_refused', `HTTP ${status}: ${text.slice(0, 300)}`);
}

function objectOf(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = parseLossless(text);
  } catch (error) {
    throw new PinotError('pinot_bad_answer', `no JSON: ${text.slice(0, 300)}`, error);
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    throw new PinotError('pinot_bad_answer', `no object: ${text.slice(0, 300)}`);
  return parsed as Record<string, unknown>;
}
