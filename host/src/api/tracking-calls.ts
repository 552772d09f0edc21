import type { TrackerEvent } from '@datamesh/contracts';
import type { Sent } from './tracking-queue';

/** Retry-After when the tracker does not say. */
const SOON = 0;
/** Characters of a request that may outlive its page, at most 60,000 bytes: a browser refuses more than 64 KB of such at once. */
const MAX_LASTING = 20_000;
/** However long it says: a page does not wait past its own life. */
const LONGEST_WAIT = 300_000;

/** One batch to the tracker. Never rejects: without a connection the batch is for another time. */
export async function sendEvents(events: TrackerEvent[]): Promise<Sent> {
  try {
    const body = JSON.stringify(events);
    const response = await fetch('/t/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: body.length <= MAX_LASTING,
    });
    if (response.ok) return { outcome: 'stored', lost: lostOf(await response.json()) };
    if (response.status < 500 && response.status !== 429) return { outcome: 'refused' };
    return { outcome: 'again', after: waitOf(response.headers.get('retry-after')) };
  } catch {
    // No connection, or half an answer: the queue keeps them, counts what it cannot keep, and the ids tell a second delivery.
    return { outcome: 'again', after: SOON };
  }
}

/** Dropped, except what the tracker has from an earlier delivery. */
function lostOf(answer: unknown): number {
  const { dropped = {} } = answer as { dropped?: Record<string, number> };
  return Object.entries(dropped).reduce((sum, [reason, count]) => (reason === 'duplicate' ? sum : sum + count), 0);
}

const waitOf = (retryAfter: string | null): number =>
  retryAfter !== null && /^\d+$/.test(retryAfter) ? Math.min(LONGEST_WAIT, Number(retryAfter) * 1000) : SOON;
