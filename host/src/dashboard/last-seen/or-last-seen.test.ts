import { expect, it, vi } from 'vitest';
import type { Outage } from '../../api/keep-asking';
import { ApiProblem } from '../../api/problem';
import { orLastSeen } from './or-last-seen';

const away = new ApiProblem({ status: 502, code: 'upstream_unavailable' });
const trouble = new ApiProblem({ status: 500, code: 'internal_error' });
const refused = new ApiProblem({ status: 401, code: 'session_unknown' });

/** Answers in turn; waiting takes no time. */
async function outcome(answers: readonly (string | ApiProblem)[], seen: string | undefined) {
  const told: Outage[] = [];
  const left = [...answers];
  let looks = 0;
  const ask = async (): Promise<string> => {
    const next = left.shift() ?? 'the end';
    if (typeof next !== 'string') throw next;
    return next;
  };
  const look = async (): Promise<string | undefined> => {
    looks += 1;
    return seen;
  };
  const wait = async (_: number, signal: AbortSignal): Promise<void> => {
    if (!signal.aborted) await new Promise<void>((done) => setImmediate(done));
  };
  const found = await orLastSeen(ask, look, (outage) => told.push(outage), { wait, random: () => 0 }, new AbortController().signal).catch(
    (cause: unknown) => cause,
  );
  return { found, told: told.map(({ problem }) => problem?.code ?? null), looks };
}

it('is what the server says where it answers, and nobody looks for anything else', async () => {
  expect(await outcome(['now'], 'then')).toEqual({ found: { answer: 'now' }, told: [], looks: 0 });
});

it('is what was seen while nobody answers, and nobody is told of an outage', async () => {
  expect(await outcome(Array(50).fill(away), 'then')).toEqual({ found: { seen: 'then' }, told: [], looks: 1 });
});

it('is asked for again, and told, where nothing was seen', async () => {
  const { found, told, looks } = await outcome([away, away, 'now'], undefined);
  expect(found).toEqual({ answer: 'now' });
  expect(told).toContain('upstream_unavailable');
  expect(looks).toBe(1);
});

it('is never instead of what a server says that does answer: a refusal, or trouble', async () => {
  expect(await outcome([refused], 'then')).toEqual({ found: refused, told: [], looks: 0 });
  expect(await outcome([trouble, 'now'], 'then')).toMatchObject({ found: { answer: 'now' }, looks: 0 });
});

it('says that nothing comes while it is still being looked for, and is what was seen once that is found', async () => {
  let found = (_: string): void => undefined;
  const looked = new Promise<string>((resolve) => {
    found = resolve;
  });
  const wait = async (_: number, signal: AbortSignal): Promise<void> => {
    if (!signal.aborted) await new Promise<void>((done) => setImmediate(done));
  };
  const told: (string | undefined)[] = [];
  const ask = (): Promise<string> => Promise.reject(away);
  const asked = orLastSeen(
    ask,
    () => looked,
    ({ problem }) => told.push(problem?.code),
    { wait, random: () => 0 },
    new AbortController().signal,
  );
  await vi.waitFor(() => expect(told).toContain('upstream_unavailable'));
  found('then');
  expect(await asked).toEqual({ seen: 'then' });
});
