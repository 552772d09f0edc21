/** How lengths of time are written in the distribution. Pure. */
import { say } from '../say';

/** `under 10s`, `1–3 min`, `over 1 h`. */
export function spanText(fromMs: number, toMs: number | null): string {
  if (toMs === null) return say('over {time}', { time: short(fromMs) });
  if (fromMs === 0) return say('under {time}', { time: short(toMs) });
  const [from, to] = [short(fromMs), short(toMs)];
  const unit = to.replace(/^[\d.]+/, '');
  return `${from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`;
}

function short(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${ms / 1000} s`;
  return ms < 3_600_000 ? `${round(ms / 60_000)} min` : `${round(ms / 3_600_000)} h`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** In percent with at most one decimal; 0 of nothing. */
export const shareOf = (part: number, all: number): number => (all === 0 ? 0 : Math.round((part / all) * 1000) / 10);
