import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../api/problem';
import { LiveQuestion } from './live-question';

/** Answers are given by hand. */
function asked() {
  const open: { resolve(value: number): void; reject(cause: unknown): void }[] = [];
  let pauses = 0;
  const question = new LiveQuestion(() => new Promise<number>((resolve, reject) => open.push({ resolve, reject })), {
    wait: (milliseconds, signal) => {
      if (milliseconds < 3000) pauses++;
      return new Promise((over) => signal.addEventListener('abort', () => over(), { once: true }));
    },
    random: () => 0,
  });
  const settled = () => new Promise((soon) => setTimeout(soon, 0));
  return { open, question, settled, state: question.store.getSnapshot, paused: () => pauses };
}

describe('a question that is asked again as things change', () => {
  it('is asked once more for all news that came while it was under way', async () => {
    const { open, question, settled, state } = asked();
    question.ask();
    for (let i = 0; i < 5; i++) question.ask();
    expect(open).toHaveLength(1);
    open[0]?.resolve(1);
    await settled();
    expect(state().value).toBe(1);
    expect(open).toHaveLength(2);
    open[1]?.resolve(2);
    await settled();
    expect(state()).toEqual({ value: 2, problem: null, slow: false });
    expect(open).toHaveLength(2);
  });

  it('keeps what it knows while an outage lasts, and goes on with the next news', async () => {
    const { open, question, settled, state, paused } = asked();
    question.ask();
    open[0]?.resolve(1);
    await settled();
    question.ask();
    open[1]?.reject(new ApiProblem({ status: 503, code: 'store_unavailable', title: 'away' }));
    await settled();
    expect(state()).toMatchObject({ value: 1, problem: { status: 503 }, slow: true });
    expect(paused()).toBe(1);
    question.ask();
    await settled();
    open[2]?.resolve(3);
    await settled();
    expect(state()).toMatchObject({ value: 3, problem: null });
  });

  it('ends with a refusal, which stays until it is asked again', async () => {
    const { open, question, settled, state } = asked();
    question.ask();
    open[0]?.reject(new ApiProblem({ status: 403, code: 'team_mismatch', title: 'no' }));
    await settled();
    expect(state()).toMatchObject({ value: null, problem: { status: 403 }, slow: false });
    expect(open).toHaveLength(1);
  });

  it('tells nobody after it was disposed', async () => {
    const { open, question, settled, state } = asked();
    question.ask();
    question.dispose();
    open[0]?.resolve(1);
    await settled();
    expect(state().value).toBeNull();
  });
});
