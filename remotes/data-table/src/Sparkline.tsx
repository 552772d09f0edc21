import { say } from './words';

interface SparklineProps {
  values: readonly number[];
  label: string;
}

const WIDTH = 76;
const HEIGHT = 20;

/** The shape of a series, in no colour of good or bad: a change beside it is over another time, and may go the other way. */
export function Sparkline({ values, label }: SparklineProps) {
  const [first = 0] = values;
  const last = values.at(-1) ?? first;
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${(HEIGHT - ((value - least) / span) * HEIGHT).toFixed(1)}`);
  return (
    <svg
      className="spark"
      viewBox={`-1 -2 ${WIDTH + 2} ${HEIGHT + 4}`}
      role="img"
      aria-label={say(last === first ? '{label}: level over all' : last > first ? '{label}: up over all' : '{label}: down over all', {
        label,
      })}
    >
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" />
    </svg>
  );
}
