import { describe, expect, it } from 'vitest';
import { type AskingPorts, keepAsking, type Outage } from './keep-asking';
import { ApiProblem } from './problem';

/** Waits are over when the test says so. */
function clock() {
  const waits: { milliseconds: number; end(): void }[] = [];
  const ports: AskingPorts = {
    random: () => 1,
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        waits.push({ milliseconds, end: resolve });
        signal.addEventListener('abort', () => resolve());
      }),
  };
  return { waits, ports };
}

const away = new ApiProblem({ status: 502, code: 'upstream_unavailable' });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('keepAsking', () => {
  it('asks again after pauses that grow, says so meanwhile, and answers in the end', async () => {
    const { waits, ports } = clock();
    const told: Outage[] = [];
    let asked = 0;
    const answer = keepAsking(
      async () => {
        if (++asked < 4) throw away;
        return 'here';
      },
      (outage) => told.push(outage),
      ports,
      new AbortController().signal,
    );
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await settled();
      expect(told.at(-1)).toMatchObject({ problem: away, asking: false });
      pauses.push(waits.at(-1)?.milliseconds ?? 0);
      waits.at(-1)?.end();
    }
    expect(await answer).toBe('here');
    expect(pauses).toEqual([500, 1000, 2000]);
    expect(told.at(-1)).toMatchObject({ asking: true });
  });

  it('says within 3 s that nothing has come yet, and nothing of what came before', async () => {
    const { waits, ports } = clock();
    const told: Outage[] = [];
    let answer: (value: string) => void = () => undefined;
    const asking = keepAsking(
      () => new Promise<string>((resolve) => (answer = resolve)),
      (outage) => told.push(outage),
      ports,
      new AbortController().signal,
    );
    expect([waits[0]?.milliseconds, told]).toEqual([3000, []]);
    waits[0]?.end();
    await settled();
    expect(told).toMatchObject([{ problem: null, asking: true }]);
    answer('late');
    expect(await asking).toBe('late');

    const quick: Outage[] = [];
    const next = clock();
    await keepAsking(
      async () => 'at once',
      (outage) => quick.push(outage),
      next.ports,
      new AbortController().signal,
    );
    next.waits[0]?.end();
    await settled();
    expect(quick).toEqual([]);
  });

  it('does not wait for its turn when somebody asks, but as long as the server wants', async () => {
    const { waits, ports } = clock();
    const told: Outage[] = [];
    let asked = 0;
    const busy = new ApiProblem({ status: 429, code: 'too_many_requests', retryAfter: 7000 });
    const answer = keepAsking(
      async () => {
        if (++asked < 2) throw busy;
        return asked;
      },
      (outage) => told.push(outage),
      ports,
      new AbortController().signal,
    );
    await settled();
    expect(waits.at(-1)?.milliseconds).toBe(7000);
    told.at(-1)?.askNow();
    expect(await answer).toBe(2);
  });

  it('gives up what would only fail the same way, defects of its own, and what nobody waits for any more', async () => {
    const { ports } = clock();
    const refuse = (cause: unknown) =>
      keepAsking(
        () => Promise.reject(cause),
        () => undefined,
        ports,
        new AbortController().signal,
      );
    await expect(refuse(new ApiProblem({ status: 403, code: 'forbidden' }))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(refuse(new TypeError('x is undefined'))).rejects.toThrow('x is undefined');
    const over = new AbortController();
    const left = keepAsking(
      () => Promise.reject(away),
      () => undefined,
      ports,
      over.signal,
    );
    await settled();
    over.abort();
    await expect(left).rejects.toBe(away);
  });
});

describe('words for people', () => {
  it('name no service', () => {
    const problem = new ApiProblem({
      status: 504,
      code: 'upstream_timeout',
      detail: 'registry-api sent nothing for 30 s. Try again in a moment.',
    });
    expect(problem.message).toBe('The server does not answer right now. Try again in a moment.');
    expect([problem.isOffline, problem.isTemporary]).toEqual([true, true]);
  });
});
