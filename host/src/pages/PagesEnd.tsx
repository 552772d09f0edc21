import { Button } from 'react-aria-components/Button';
import { i18n } from '../language/i18n';
import type { Pages } from './use-pages';

interface PagesEndProps {
  of: Pages<unknown>;
  /** "The list of people" */
  what: string;
  /** Said where nothing was found. */
  nothing: string;
  children?: React.ReactNode;
}

/** Below a list that comes page by page: that it is looked for, why it does not come, that there is nothing, and the way to more of it. */
export function PagesEnd({ of: { items, state, problem, more, again }, what, nothing, children }: PagesEndProps) {
  if (problem)
    return (
      <div className="place-problem" role="alert">
        <p>
          {items.length === 0 ? i18n.t('{what} could not be loaded.', { what }) : i18n.t('{what} may be out of date.', { what })}{' '}
          {problem.message}
        </p>
        <Button className="button small" onPress={again}>
          {i18n.t('Try again')}
        </Button>
      </div>
    );
  return (
    <>
      {items.length === 0 ? <p className="place-empty">{state === 'looking' ? i18n.t('Looking…') : nothing}</p> : null}
      {more ? (
        <div className="administration-actions">
          <Button className="button" onPress={more}>
            {i18n.t('Show more')}
          </Button>
          {children}
        </div>
      ) : null}
      <output className="hidden-text">
        {state === 'looking'
          ? ''
          : more
            ? i18n.t('{count} or more shown', { count: items.length })
            : i18n.t('{count} shown', { count: items.length })}
      </output>
    </>
  );
}
