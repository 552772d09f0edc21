/** In which of the given periods an instant is, as arithmetic that Pinot can do: no time zone database of its own is asked. */
import { column, joined, type Sql, sql } from './sql';

interface Stretch {
  /** Of its first period among all. */
  index: number;
  start: number;
  step: number;
}

/** The index of the period that `ts` is in, of an instant from the first start on and before `to`. */
export function periodOf(starts: readonly number[], to: number): Sql {
  const stretches = evenStretches(starts, to);
  const cases = stretches.map(({ index, start, step }) => sql`${index} + FLOOR((${column('ts')} - ${start}) / ${step})`);
  const last = cases.pop();
  if (!last) throw new RangeError('no periods');
  if (cases.length === 0) return last;
  const whens = cases.map((value, at) => sql`WHEN ${column('ts')} < ${stretches[at + 1]?.start ?? to} THEN ${value}`);
  return sql`CASE ${joined(whens, ' ')} ELSE ${last} END`;
}

/** A year of days has few: the clocks change twice, and the day of the change is a stretch of its own. */
export function evenStretches(starts: readonly number[], to: number): Stretch[] {
  const stretches: Stretch[] = [];
  starts.forEach((start, index) => {
    const open = stretches.at(-1);
    const next = starts[index + 1];
    // The last period ends with the range, in the midst of it or later than any of the periods before.
    const step = next === undefined ? Math.max(to - start, 1) : next - start;
    if (open && (next === undefined ? step <= open.step : step === open.step)) return;
    stretches.push({ index, start, step });
  });
  return stretches;
}
