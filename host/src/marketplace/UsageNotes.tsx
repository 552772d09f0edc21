import { Button } from 'react-aria-components/Button';
import { isWithheld } from '../api/figures';
import type { ApiProblem } from '../api/problem';
import type { Finding } from './versions';

/** Why there are no figures, and what can be done about it. */
export function NoFigures({ problem, retry }: { problem: ApiProblem; retry(): void }) {
  if (isWithheld(problem))
    return <p className="usage-text">How widgets do is shown to other departments than yours. An administrator can change that.</p>;
  return (
    <div className="usage-text" role="alert">
      <p>How it does is not known right now. {problem.message}</p>
      <Button className="button" onPress={retry}>
        Try again
      </Button>
    </div>
  );
}

export const Partial = ({ missing }: { missing: readonly string[] }) =>
  missing.length > 0 ? <p className="usage-text usage-partial">Not everything is shown: {missing.join('; ')}.</p> : null;

const MARKS = { good: 'Better', bad: 'Worse', same: 'Alike', unknown: 'Not known yet' };

export const Findings = ({ findings }: { findings: readonly Finding[] }) =>
  findings.length > 0 ? (
    <ul className="findings">
      {findings.map(({ tone, text }) => (
        <li key={text} data-tone={tone}>
          <strong>{MARKS[tone]}</strong>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  ) : null;

export const Waiting = ({ lines }: { lines: number }) => (
  <div className="usage-waiting shimmer" aria-hidden="true">
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
      <i key={line} />
    ))}
  </div>
);
