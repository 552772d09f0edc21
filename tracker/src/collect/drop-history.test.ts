import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../events/event';
import { MemoryLog } from '../spool/memory-log';
import { DropHistory } from './drop-history';
import { isUuidv7 } from './uuid';

async function recordsOf(log: MemoryLog): Promise<StoredEvent[]> {
  const { payloads } = await log.reader('test', 0).read(0, 1_000_000);
  return payloads.map((payload) => JSON.parse(payload.toString()) as StoredEvent);
}

const brief = ({ site_id, event_name, dropped, ts }: StoredEvent) => [site_id, event_name, dropped, ts];

describe('drop history', () => {
  it('is one record per site and reason, of a site that is nobody’s', async () => {
    const log = new MemoryLog(100_000);
    const drops = new DropHistory(log, () => 5000);
    drops.add('shop', 'bot', 2);
    drops.add('shop', 'bot', 1);
    drops.add('shop', 'privacy', 1);
    drops.add('plant', 'bot', 1);
    await drops.flush();
    await drops.flush(); // nothing new: no record
    const records = await recordsOf(log);
    expect(records.map(brief)).toEqual([
      ['shop/dropped', 'bot', 3, 5000],
      ['shop/dropped', 'privacy', 1, 5000],
      ['plant/dropped', 'bot', 1, 5000],
    ]);
    for (const { event_id, visitor_id, session_id } of records)
      expect([isUuidv7(event_id), visitor_id, session_id]).toEqual([true, '', '']);
    expect(new Set(records.map(({ event_id }) => event_id)).size).toBe(3);
  });

  it('keeps what a full log does not take, and what comes while a write is under way', async () => {
    const log = new MemoryLog(100_000);
    let full = true;
    const drops = new DropHistory(
      {
        append: (payloads) => {
          if (full) return Promise.resolve({ ok: false, reason: 'spool_full', retryAfterSeconds: 5 });
          drops.add('shop', 'bot', 10);
          return log.append(payloads);
        },
      },
      () => 5000,
    );
    drops.add('shop', 'bot', 3);
    await drops.flush();
    drops.add('shop', 'spool_full', 1);
    full = false;
    await drops.flush();
    await drops.flush();
    const counted = (await recordsOf(log)).filter(({ event_name }) => event_name === 'bot').map(({ dropped }) => dropped);
    expect(counted).toEqual([3, 10]);
  });

  it('counts nothing twice when two flushes meet', async () => {
    const log = new MemoryLog(100_000);
    const drops = new DropHistory(log, () => 5000);
    drops.add('shop', 'bot', 3);
    await Promise.all([drops.flush(), drops.flush(), drops.flush()]);
    expect((await recordsOf(log)).map(({ dropped }) => dropped)).toEqual([3]);
  });
});
