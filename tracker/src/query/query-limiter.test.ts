import { describe, expect, it } from 'vitest';
import { QueryLimiter } from './query-limiter';

const never = new AbortController().signal;
const small = { running: 2, waiting: 4, waitingOfOne: 3 };

/** Work that ends when it is told to. */
function job() {
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { work: () => done, finish };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('the limiter of queries', () => {
  it('go to as many as may run, the rest wait', async () => {
    const limiter = new QueryLimiter(small);
    const order: string[] = [];
    const jobs = ['a', 'b', 'c'].map((name) => {
      const { work, finish } = job();
      const taken = limiter.take('anna', never, () => {
        order.push(name);
        return work();
      });
      return { taken, finish };
    });
    await settled();
    expect(order).toEqual(['a', 'b']);
    jobs[1]?.finish();
    await jobs[1]?.taken;
    await settled();
    expect(order).toEqual(['a', 'b', 'c']);
    for (const { finish } of jobs) finish();
    await Promise.all(jobs.map(({ taken }) => taken));
  });

  it('go round, whoever asked for how much', async () => {
    const limiter = new QueryLimiter({ ...small, running: 1 });
    const order: string[] = [];
    const first = job();
    const running = limiter.take('anna', never, first.work);
    const rest = ['anna 1', 'anna 2', 'anna 3', 'ben 1'].map((name) =>
      limiter.take(name.slice(0, -2), never, async () => void order.push(name)),
    );
    first.finish();
    await Promise.all([running, ...rest]);
    expect(order).toEqual(['anna 1', 'ben 1', 'anna 2', 'anna 3']);
  });

  it('are refused beyond what may wait, of everyone and of one', async () => {
    const limiter = new QueryLimiter({ ...small, running: 1 });
    const first = job();
    const all = [limiter.take('anna', never, first.work)];
    const quick = async (): Promise<void> => undefined;
    for (let index = 0; index < 3; index++) all.push(limiter.take('anna', never, quick));
    await expect(limiter.take('anna', never, quick)).rejects.toMatchObject({ status: 503, code: 'too_busy' });
    all.push(limiter.take('ben', never, quick));
    await expect(limiter.take('cleo', never, quick)).rejects.toMatchObject({ code: 'too_busy' });
    first.finish();
    await Promise.all(all);
    await limiter.take('cleo', never, quick);
  });

  it('are not taken by who has left, nor lost by work that fails', async () => {
    const limiter = new QueryLimiter({ ...small, running: 1 });
    const first = job();
    const running = limiter.take('anna', never, first.work);
    const gone = new AbortController();
    let asked = false;
    const waiting = limiter.take('ben', gone.signal, async () => {
      asked = true;
    });
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    first.finish();
    await running;
    await expect(limiter.take('anna', never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(limiter.take('ben', gone.signal, async () => undefined)).rejects.toThrow('gone');
    expect(await limiter.take('cleo', never, async () => 'answer')).toBe('answer');
    expect(asked).toBe(false);
  });
});
