import type { Missing } from '@datamesh/contracts';
import { Button } from 'react-aria-components/Button';
import { isWithheld } from '../api/figures';
import type { ApiProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import type { Finding } from './versions';

/** Why there are no figures, and what can be done about it. */
export function NoFigures({ problem, retry }: { problem: ApiProblem; retry(): void }) {
  if (isWithheld(problem))
    return (
      <p className="usage-text">{i18n.t('How widgets do is shown to other departments than yours. An administrator can change that.')}</p>
    );
  return (
    <div className="usage-text" role="alert">
      <p>{i18n.t('How it does is not known right now. {problem}', { problem: problem.message })}</p>
      <Button className="button" onPress={retry}>
        {i18n.t('Try again')}
      </Button>
    </div>
  );
}

export const Partial = ({ missing }: { missing: readonly Missing[] }) =>
  missing.length > 0 ? (
    <p className="usage-text usage-partial">{i18n.t('Not everything is shown: {missing}.', { missing: missing.map(nameOf).join('; ') })}</p>
  ) : null;

/** What an answer of figures about widgets may lack; in the tracker's own words where that is not about people. */
const nameOf = ({ code, least, text }: Missing): string =>
  code === 'few_visitors'
    ? i18n.t('what fewer than {least} people did stays untold', { least })
    : code === 'rare_values'
      ? i18n.t('there is more than can be counted at once; what is rare is left out')
      : i18n.t('the tracker says “{text}”', { text });

const mark = (tone: Finding['tone']): string =>
  ({ good: i18n.t('Better'), bad: i18n.t('Worse'), same: i18n.t('Alike'), unknown: i18n.t('Not known yet') })[tone];

export const Findings = ({ findings }: { findings: readonly Finding[] }) =>
  findings.length > 0 ? (
    <ul className="findings">
      {findings.map(({ tone, text }) => (
        <li key={text} data-tone={tone}>
          <strong>{mark(tone)}</strong>
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
