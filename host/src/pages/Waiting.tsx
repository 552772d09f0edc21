import { Button } from 'react-aria-components/Button';
import { i18n } from '../language/i18n';
import type { Live } from './use-live';

/** What stands where an answer will: lines while it is asked for, and why it does not come; nothing beside an answer that is there. */
export function Waiting({ of, lines, what }: { of: Live<unknown>; lines: number; what: string }) {
  if (of.problem)
    return (
      <div className="place-problem" role="alert">
        <p>
          {of.value === null ? i18n.t('{what} could not be loaded.', { what }) : i18n.t('{what} may be out of date.', { what })}{' '}
          {of.problem.message}
        </p>
        <Button className="button small" onPress={of.ask}>
          {i18n.t('Try again')}
        </Button>
      </div>
    );
  if (of.value !== null) return null;
  return (
    <div aria-busy="true">
      {of.slow ? <p className="place-small">{i18n.t('This takes longer than usual…')}</p> : null}
      <div className="place-lines shimmer" aria-hidden="true">
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
          <i key={line} />
        ))}
      </div>
    </div>
  );
}
