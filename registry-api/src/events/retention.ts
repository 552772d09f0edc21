/** What the outbox keeps: the last 10,000 events and at most seven days. Whoever was away for longer is told to start again. */
import type { Clock } from '../clock';
import type { OutboxStore } from './outbox';

export const keptEvents = 10_000;
export const keptMs = 7 * 24 * 3600 * 1000;

export async function trimOutbox(outbox: OutboxStore, clock: Clock): Promise<void> {
  const { first, last } = await outbox.bounds();
  const tooOld = await outbox.lastBefore(new Date(clock() - keptMs).toISOString());
  const upTo = Math.max(last - keptEvents, tooOld);
  if (upTo >= first && first > 0) await outbox.trim(upTo);
}
