/** The questions that an analytics page opens with, put to an engine in turns. */
import type { QueryContext, QueryEngine, Scope } from '../../../tracker/src/query/port';
import { type Timing, timed, timingOf } from './timing';

const HOUR = 3_600_000;

export const KINDS = ['series', 'top', 'visitors', 'summary', 'sessions'] as const;
export type Kind = (typeof KINDS)[number];
export type Timings = Record<Kind, Timing>;

export const ofEach = <T>(make: (kind: Kind) => T): Record<Kind, T> =>
  Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<Kind, T>;

/** Somebody else who is asked the same, in turn. `keep`: the first times are there to get warm. */
export type AskToo = (kind: Kind, scope: Scope, keep: boolean) => Promise<void>;

/** Each time over another range, shorter by up to an hour, so that no two questions are the same. */
export async function ask(
  engine: QueryEngine,
  range: Pick<Scope, 'site' | 'from' | 'to'>,
  times: number,
  askToo?: AskToo,
): Promise<Timings> {
  const missing: string[] = [];
  const asking: QueryContext = { signal: new AbortController().signal, partial: ({ text }) => void missing.push(text) };
  const took = ofEach((): number[] => []);
  const round = async (index: number, keep: boolean): Promise<void> => {
    const scope: Scope = { ...range, from: range.from + Math.floor((index / times) * HOUR), filters: [] };
    const first = Math.floor(scope.from / HOUR) * HOUR;
    const starts = Array.from({ length: Math.ceil((scope.to - first) / HOUR) }, (_, hour) => first + hour * HOUR);
    const questions: Record<keyof Timings, () => Promise<unknown>> = {
      series: () => engine.series(scope, starts, asking),
      top: () => engine.top(scope, 'path', 10, asking),
      visitors: () => engine.visitors(scope, asking),
      summary: () => engine.totals(scope, asking),
      sessions: () => engine.sessions(scope, 10, asking),
    };
    for (const kind of KINDS) {
      const milliseconds = await timed(questions[kind]);
      if (keep) took[kind].push(milliseconds);
      await askToo?.(kind, scope, keep);
    }
  };
  for (let warm = 0; warm < 2; warm++) await round(warm + 0.5, false);
  for (let index = 0; index < times; index++) await round(index, true);
  if (missing.length > 0) throw new Error(`the store did not answer in full: ${missing.join('; ')}`);
  return ofEach((kind) => timingOf(took[kind]));
}
