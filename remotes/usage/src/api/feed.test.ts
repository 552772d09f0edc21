import { DataError } from '@datamesh/widget-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Feed } from './feed';
import type { FeedState } from './polling';

interface Query {
  site: string;
  what: string;
}

/** A tracker that answers when it is told to, and knows what was given up. */
function setUp(every = 5000, queryKey?: (query: Query) => unknown) {
  vi.useFakeTimers();
  const requests: { query: Query; signal: AbortSignal; answer(text: string): Promise<void>; fail(error: Error): Promise<void> }[] = [];
  const states: FeedState<string>[] = [];
  const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);
  const feed = new Feed<Query, string>(
    (query, signal) =>
      new Promise((resolve, reject) => {
        requests.push({
          query,
          signal,
          answer: (text) => {
            resolve(text);
            return settle();
          },
          fail: (error) => {
            reject(error);
            return settle();
          },
        });
      }),
    (state) => states.push(state),
    { intervalMs: () => every, ...(queryKey && { queryKey }) },
  );
  const query = (what: string, site = 'shop'): void => feed.setQuery({ site, what });
  return { feed, query, requests, last: () => states.at(-1), request: (index: number) => requests.at(index) };
}

afterEach(() => vi.useRealTimers());

describe('a feed', () => {
  it('asks at once, tells the answer and asks again after its time', async () => {
    const { query, requests, last, request } = setUp();
    query('a');
    expect(requests).toHaveLength(1);
    await request(0)?.answer('one');
    expect(last()).toMatchObject({ data: 'one', error: null, loading: false });
    await vi.advanceTimersByTimeAsync(4999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(2);
  });

  it('asks only for the last of many queries that follow each other, and gives up the one under way', async () => {
    const { query, requests, request } = setUp();
    query('a');
    for (const what of ['b', 'c', 'd']) query(what);
    expect(request(0)?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(requests.map((each) => each.query.what)).toEqual(['a', 'd']);
  });

  it('does not ask again for the same query', () => {
    const { query, requests } = setUp();
    query('a');
    query('a');
    expect(requests).toHaveLength(1);
  });

  it('ends what is under way when it stops or nobody looks, and goes on when somebody does', async () => {
    const { feed, query, requests, request } = setUp();
    query('a');
    feed.setVisible(false);
    expect(request(0)?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(1);
    feed.setVisible(true);
    expect(requests).toHaveLength(2);
    feed.stop();
    expect(request(1)?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(2);
  });

  it('keeps what it knows through a failure, and tries again', async () => {
    const { query, requests, last, request } = setUp();
    query('a');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(5000);
    await request(1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ data: 'one', error: { code: 'unreachable' } });
    await vi.advanceTimersByTimeAsync(5000);
    expect(requests).toHaveLength(3);
  });

  it('tries again after a failure sooner than its pace, twice as late each time, and afresh after an answer', async () => {
    const { query, requests, request } = setUp(300_000);
    query('a');
    const failAndWait = async (ms: number): Promise<void> => {
      const before = requests.length;
      await request(-1)?.fail(new DataError('too_busy', 'no', 503));
      await vi.advanceTimersByTimeAsync(ms - 1);
      expect(requests, `just before ${ms}`).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(requests, `after ${ms}`).toHaveLength(before + 1);
    };
    for (const ms of [5000, 10_000, 20_000, 40_000, 60_000, 60_000]) await failAndWait(ms);
    await request(-1)?.answer('one');
    await vi.advanceTimersByTimeAsync(300_000);
    await failAndWait(5000);
  });

  it.each([401, 403, 404, 422])('leaves it at a refusal: %i', async (status) => {
    const { query, requests, request } = setUp();
    query('a');
    await request(0)?.fail(new DataError('no', 'no', status));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(requests).toHaveLength(1);
  });

  it.each([null, 200, 429, 502, 503])('does not where it is about the moment: %s', async (status) => {
    const { query, requests, request } = setUp();
    query('a');
    await request(0)?.fail(new DataError('no', 'no', status));
    await vi.advanceTimersByTimeAsync(5000);
    expect(requests).toHaveLength(2);
  });

  it('shows no older answer beside the failure of another question, and does not repeat what was refused', async () => {
    const { query, requests, last, request } = setUp();
    query('a');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    query('b');
    await request(1)?.fail(new DataError('range_too_large', 'no', 422));
    expect(last()).toMatchObject({ data: null, error: { code: 'range_too_large' } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(2);
  });

  it('has an answer again, and of when it is, once its question is asked again, whatever failed in between', async () => {
    const { query, last, request } = setUp();
    query('a');
    const at = Date.now();
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    query('b');
    await request(-1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ data: null, error: { code: 'unreachable' } });
    await vi.advanceTimersByTimeAsync(1000);
    query('a');
    expect(last()).toMatchObject({ data: 'one', at });
    await request(-1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ data: 'one', at, error: { code: 'unreachable' } });
  });

  it('keeps an answer to what the reader asks through the failure of a query that only fits otherwise', async () => {
    const { query, last, request } = setUp(5000, ({ what }) => what.slice(0, 1));
    query('a wide');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    query('a narrow');
    await request(-1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ data: 'one', error: { code: 'unreachable' } });
  });

  it('forgets one site when another is asked for', async () => {
    const { query, last, request } = setUp();
    query('a');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    query('a', 'docs');
    expect(last()).toMatchObject({ data: null, loading: true });
  });
});
