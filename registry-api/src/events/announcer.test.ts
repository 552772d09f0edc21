import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAnnouncer, toTeams } from './announcer';
import type { PendingEvent } from './pending';

const teams: Record<string, string> = { notes: 'platform', usage: 'platform', 'series-chart': 'markets-data' };

describe('news that say only "look again"', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function announcer(fails: () => boolean = () => false) {
    const sent: PendingEvent[] = [];
    const errors: unknown[] = [];
    const news = createAnnouncer({
      eventsOf: toTeams(
        'deployments.changed',
        async (name) => teams[name] ?? null,
        () => 0,
      ),
      send: async (event) => {
        if (fails()) throw new Error('the store is away');
        sent.push(event);
      },
      onError: (error) => errors.push(error),
    });
    const told = () => sent.map(({ data, audience }) => [data['widgets'], audience.kind === 'users' && audience.teams]);
    return { news, sent, told, errors };
  }

  it('tell the first change at once, and whatever follows within a second as one', async () => {
    const { news, told } = announcer();
    news.changed('notes');
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toEqual([[['notes'], ['platform']]]);
    for (let i = 0; i < 100; i++) news.changed(i % 2 ? 'usage' : 'notes');
    await vi.advanceTimersByTimeAsync(900);
    expect(told()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(told().slice(1)).toEqual([[['notes', 'usage'], ['platform']]]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told()).toHaveLength(2);
  });

  it('tell each team of its own widgets, and nobody of a name that nobody owns', async () => {
    const { news, told } = announcer();
    for (const name of ['series-chart', 'usage', 'unknown']) news.changed(name);
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toEqual([
      [['series-chart'], ['markets-data']],
      [['usage'], ['platform']],
    ]);
  });

  it('are not lost while the store is away', async () => {
    let away = true;
    const { news, told, errors } = announcer(() => away);
    news.changed('notes');
    await vi.advanceTimersByTimeAsync(0);
    expect(errors).toHaveLength(1);
    away = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(told()).toEqual([[['notes'], ['platform']]]);
  });

  it('that wait are told before it stops, and none after', async () => {
    const { news, told } = announcer();
    news.changed('notes');
    await news.stop();
    news.changed('usage');
    await vi.advanceTimersByTimeAsync(5000);
    expect(told()).toEqual([[['notes'], ['platform']]]);
  });
});
