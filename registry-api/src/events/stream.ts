/** One client's event stream, from replay to end. */
import type { RegistryEvent, ServiceClaims } from '@datamesh/contracts';
import { concerns } from './audience';
import type { Feed } from './feed';
import type { OutboxEvent } from './outbox';

/** The half of an HTTP response that a stream needs. */
export interface Sink {
  /** false: the client has not taken what was written before. */
  write(text: string): boolean;
  /** Bytes that were written and wait in this process. */
  held(): number;
  /** `now`: without waiting for the client to take what was written. */
  end(now: boolean): void;
  onDrain(listener: () => void): void;
  onClose(listener: () => void): void;
}

export type EndReason = 'client_gone' | 'session_ended' | 'too_slow' | 'too_far_behind' | 'stopping' | 'error';

export interface StreamOptions {
  feed: Feed;
  sink: Sink;
  claims: ServiceClaims;
  /** Replay what came after this number; null: only what comes now. */
  after: number | null;
  sessionAlive(sid: string): Promise<boolean>;
  onEnd(reason: EndReason, error?: unknown): void;
  commentEveryMs: number;
  /** How often the session is asked for, milliseconds. */
  sessionEveryMs: number;
  /** How long a client may leave what was written before it counts as gone, milliseconds. */
  timeoutMs: number;
}

export interface EventStream {
  readonly sid: string;
  /** Bytes that wait in this process for the client. */
  held(): number;
  end(reason: EndReason): void;
}

const page = 100;

/**
 * Bytes of news that may come for a client while it takes nothing at all. Beyond that it counts as gone, however short the time was; one that is
 * there after all connects again and has them replayed. They are counted, not kept: what waits in this process is what one write buffer holds.
 */
export const MAX_BEHIND_BYTES = 1024 * 1024;

export function openStream(options: StreamOptions): EventStream {
  const { feed, sink, claims } = options;
  let cursor = 0;
  let pumping = false;
  let again = false;
  let ended = false;
  let full = false;
  /** While full: the bytes of the news since then, and the number up to which they are counted. */
  let behind = 0;
  let counted = 0;
  const cleanups: (() => void)[] = [];

  function end(reason: EndReason, error?: unknown): void {
    if (ended) return;
    ended = true;
    for (const cleanup of cleanups) cleanup();
    sink.end(reason === 'too_slow' || reason === 'too_far_behind');
    options.onEnd(reason, error);
  }

  function write(text: string): void {
    if (ended) return;
    if (sink.write(text) || full) return;
    full = true;
    behind = 0;
    counted = feed.last();
    const timer = setTimeout(() => end('too_slow'), options.timeoutMs);
    cleanups.push(() => clearTimeout(timer));
    sink.onDrain(() => {
      clearTimeout(timer);
      full = false;
      void pump();
    });
  }

  function deliver(event: OutboxEvent): void {
    cursor = event.seq;
    if (concerns(event.audience, claims)) write(format(event));
  }

  function count(event: OutboxEvent): void {
    counted = event.seq;
    if (concerns(event.audience, claims)) behind += Buffer.byteLength(format(event));
    if (behind > MAX_BEHIND_BYTES) end('too_far_behind');
  }

  /** Writes what is new until nothing is; counts it while the client does not keep up. */
  async function pump(): Promise<void> {
    again = true;
    if (pumping) return;
    pumping = true;
    try {
      while (again && !ended) {
        again = false;
        const counts = full;
        const events = await feed.after(counts ? counted : cursor, page);
        for (const event of events) {
          // The client has taken what waited, or stopped taking: these are not the next ones of what is to be done now.
          if (ended || full !== counts) break;
          if (counts) count(event);
          else deliver(event);
        }
        if (events.length > 0) again = true;
      }
    } catch (error) {
      end('error', error);
    } finally {
      pumping = false;
    }
  }

  async function start(): Promise<void> {
    const { first, last } = await feed.bounds();
    const { after } = options;
    const lost = after !== null && (after > last || after < first - 1);
    cursor = after === null || lost ? last : after;
    if (lost) write(`event: reset\nid: ${cursor}\ndata: ${JSON.stringify({ after: cursor })}\n\n`);
    // An id alone: the client knows where it is before the first event comes.
    else write(`id: ${cursor}\n\n`);
    cleanups.push(feed.onEvents(() => void pump()));
    await pump();
  }

  const comment = setInterval(() => {
    // No comments on top of what waits already.
    if (!full) write(': still here\n\n');
  }, options.commentEveryMs);
  const session = setInterval(() => {
    options
      .sessionAlive(claims.sid)
      .then((alive) => {
        if (!alive) end('session_ended');
      })
      // An outage of the store ends no stream; the next look decides.
      .catch(() => {});
  }, options.sessionEveryMs);
  cleanups.push(
    () => clearInterval(comment),
    () => clearInterval(session),
  );
  sink.onClose(() => end('client_gone'));
  start().catch((error: unknown) => end('error', error));
  return { sid: claims.sid, held: sink.held, end };
}

function format({ seq, id, type, at, data }: OutboxEvent): string {
  const event: RegistryEvent = { id, type, at, data };
  return `id: ${seq}\ndata: ${JSON.stringify(event)}\n\n`;
}
