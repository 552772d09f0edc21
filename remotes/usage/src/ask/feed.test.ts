import { DataError } from '@datamesh/widget-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Feed, type FeedState } from './feed';

interface Wish {
  site: string;
  what: string;
}

/** A tracker that answers when it is told to, and knows what was given up. */
function setUp(every = 5000, question?: (wish: Wish) => unknown) {
  vi.useFakeTimers();
  const asked: { wish: Wish; signal: AbortSignal; answer(text: string): Promise<void>; fail(error: Error): Promise<void> }[] = [];
  const told: FeedState<string>[] = [];
  const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);
  const feed = new Feed<Wish, string>(
    (wish, signal) =>
      new Promise((resolve, reject) => {
        asked.push({
          wish,
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
    (state) => told.push(state),
    { every: () => every, ...(question && { question }) },
  );
  const wish = (what: string, site = 'shop'): void => feed.ask({ site, what });
  return { feed, wish, asked, last: () => told.at(-1), request: (index: number) => asked.at(index) };
}

afterEach(() => vi.useRealTimers());

describe('a feed', () => {
  it('asks at once, tells the answer and asks again after its time', async () => {
    const { wish, asked, last, request } = setUp();
    wish('a');
    expect(asked).toHaveLength(1);
    await request(0)?.answer('one');
    expect(last()).toMatchObject({ known: 'one', error: null, loading: false });
    await vi.advanceTimersByTimeAsync(4999);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveLength(2);
  });

  it('asks only for the last of many wishes that follow each other, and gives up the one under way', async () => {
    const { wish, asked, request } = setUp();
    wish('a');
    for (const what of ['b', 'c', 'd']) wish(what);
    expect(request(0)?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.map((each) => each.wish.what)).toEqual(['a', 'd']);
  });

  it('does not ask again for the same wish', () => {
    const { wish, asked } = setUp();
    wish('a');
    wish('a');
    expect(asked).toHaveLength(1);
  });

  it('ends what is under way when it stops or nobody looks, and goes on when somebody does', async () => {
    const { feed, wish, asked, request } = setUp();
    wish('a');
    feed.setVisible(false);
    expect(request(0)?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    feed.setVisible(true);
    expect(asked).toHaveLength(2);
    feed.stop();
    expect(request(1)?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
  });

  it('keeps what it knows through a failure, and tries again', async () => {
    const { wish, asked, last, request } = setUp();
    wish('a');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(5000);
    await request(1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ known: 'one', error: { code: 'unreachable' } });
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(3);
  });

  it('tries again after a failure sooner than its pace, twice as late each time, and afresh after an answer', async () => {
    const { wish, asked, request } = setUp(300_000);
    wish('a');
    const failAndWait = async (ms: number): Promise<void> => {
      const before = asked.length;
      await request(-1)?.fail(new DataError('too_busy', 'no', 503));
      await vi.advanceTimersByTimeAsync(ms - 1);
      expect(asked, `just before ${ms}`).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(asked, `after ${ms}`).toHaveLength(before + 1);
    };
    for (const ms of [5000, 10_000, 20_000, 40_000, 60_000, 60_000]) await failAndWait(ms);
    await request(-1)?.answer('one');
    await vi.advanceTimersByTimeAsync(300_000);
    await failAndWait(5000);
  });

  it.each([401, 403, 404, 422])('leaves it at a refusal: %i', async (status) => {
    const { wish, asked, request } = setUp();
    wish('a');
    await request(0)?.fail(new DataError('no', 'no', status));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
  });

  it.each([null, 200, 429, 502, 503])('does not where it is about the moment: %s', async (status) => {
    const { wish, asked, request } = setUp();
    wish('a');
    await request(0)?.fail(new DataError('no', 'no', status));
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(2);
  });

  it('shows no older answer beside the failure of another question, and does not repeat what was refused', async () => {
    const { wish, asked, last, request } = setUp();
    wish('a');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    wish('b');
    await request(1)?.fail(new DataError('range_too_large', 'no', 422));
    expect(last()).toMatchObject({ known: null, error: { code: 'range_too_large' } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
  });

  it('has an answer again, and of when it is, once its question is asked again, whatever failed in between', async () => {
    const { wish, last, request } = setUp();
    wish('a');
    const at = Date.now();
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    wish('b');
    await request(-1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ known: null, error: { code: 'unreachable' } });
    await vi.advanceTimersByTimeAsync(1000);
    wish('a');
    expect(last()).toMatchObject({ known: 'one', at });
    await request(-1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ known: 'one', at, error: { code: 'unreachable' } });
  });

  it('keeps an answer to what the reader asks through the failure of a wish that only fits otherwise', async () => {
    const { wish, last, request } = setUp(5000, ({ what }) => what.slice(0, 1));
    wish('a wide');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    wish('a narrow');
    await request(-1)?.fail(new DataError('unreachable', 'no'));
    expect(last()).toMatchObject({ known: 'one', error: { code: 'unreachable' } });
  });

  it('forgets one site when another is asked for', async () => {
    const { wish, last, request } = setUp();
    wish('a');
    await request(0)?.answer('one');
    await vi.advanceTimersByTimeAsync(1000);
    wish('a', 'docs');
    expect(last()).toMatchObject({ known: null, loading: true });
  });
});
