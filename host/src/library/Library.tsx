import type { LayoutSummary } from '@datamesh/contracts';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { GridList } from 'react-aria-components/GridList';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { isWithheld } from '../api/figures';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { pathOfLayout } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { locale } from '../language/language';
import { restoreLayout, setStar } from '../layouts/library-marks';
import { LONGEST_SEARCH } from '../layouts/listing';
import { useAnswer } from '../ui/use-answer';
import { useStore } from '../ui/use-store';
import { cardItems } from './card-items';
import { LayoutCard } from './LayoutCard';
import { type LibraryQuestion, SCOPES, type Scope, SORTS, type Sort } from './library-calls';
import { addressOf, canSort, questionIn } from './library-question';
import { openedBy } from './opened-by';
import { useLibrary } from './use-library';
import './library.css';

const scopeNames = (): Record<Scope, string> => ({
  all: i18n.t('All'),
  recent: i18n.t('Recent'),
  starred: i18n.t('Starred'),
  mine: i18n.t('Mine'),
  shared: i18n.t('Shared with me'),
  department: i18n.t('My departments'),
  company: i18n.t('Company'),
  bin: i18n.t('Bin'),
});

const sortNames = (): Record<Sort, string> => ({ changed: i18n.t('Last changed'), title: i18n.t('Title') });

const emptyTexts = (): Record<Scope, string> => ({
  all: i18n.t('There is no layout you can see yet.'),
  recent: i18n.t('What you open appears here, the last one first.'),
  starred: i18n.t('Star a layout to find it here.'),
  mine: i18n.t('You have no layout of your own yet. Make a copy of one that you like, or a new one.'),
  shared: i18n.t('Nobody has shared a layout with you by name yet.'),
  department: i18n.t('Nothing is shared with your departments yet.'),
  company: i18n.t('Nothing is shared with the whole company yet.'),
  bin: i18n.t('The bin is empty. What you delete stays here for 30 days.'),
});

/** Every layout that one may see, as pictures: by whose they are and by the words of their titles, in the order of changes or of titles. */
export default function Library({ controller }: { controller: DashboardController }) {
  const { session } = useStore(controller.store);
  const [question, setQuestion] = useState(() => questionIn(location.search));
  const { scope, q, sort } = question;
  const ask = (more: Partial<LibraryQuestion>): void => setQuestion({ ...question, ...more });
  // What is in the bin is not searched.
  const words = scope === 'bin' ? '' : q.trim();
  const { items, trees, state, problem, more, again, change, takeOut } = useLibrary(controller, { scope, q: words, sort });
  const [openedAsked, setOpenedAsked] = useState(1);
  const opened = useAnswer(String(openedAsked), openedBy);
  // So that whoever comes back, or gets the address, finds the same.
  useEffect(() => history.replaceState(null, '', addressOf({ scope, q, sort })), [scope, q, sort]);
  const cards = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus();
  }, []);
  const pinned = (id: string) => session.departments.find(({ layouts }) => layouts.includes(id));
  const open = (id: string): void => void controller.go(pathOfLayout(session.departments, id));
  const star = async ({ id }: LayoutSummary, starred: boolean): Promise<void> => {
    change(id, { starred });
    try {
      await setStar(id, starred);
    } catch (cause) {
      change(id, { starred: !starred });
      throw cause;
    }
  };
  const restore = async ({ id, title }: LayoutSummary): Promise<void> => {
    await restoreLayout(id);
    takeOut(id);
    controller.toasts.show('good', i18n.t('“{title}” is back.', { title }), { label: i18n.t('Open'), run: () => open(id) });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="library" tabIndex={0}>
      <div className="library-column">
        <div className="library-head">
          <h1 ref={heading} tabIndex={-1}>
            {i18n.t('Layouts')}
          </h1>
          {controller.powerUser ? (
            <div className="library-actions">
              <Button className="button" onPress={() => controller.openDialog({ kind: 'import' })}>
                {i18n.t('Import a layout…')}
              </Button>
              <Button className="button primary" onPress={() => void controller.actions.newLayout()}>
                {i18n.t('New layout')}
              </Button>
            </div>
          ) : null}
        </div>
        <div className="library-tools">
          <SearchField
            className="library-search"
            aria-label={i18n.t('Search layouts')}
            value={q}
            onChange={(typed) => ask({ q: typed })}
            onSubmit={() => state === 'found' && items[0] && open(items[0].id)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') cards.current?.querySelector<HTMLElement>('[role="row"]')?.focus();
              else event.continuePropagation();
            }}
            maxLength={LONGEST_SEARCH}
            isDisabled={scope === 'bin'}
          >
            <Input className="input" placeholder={scope === 'bin' ? i18n.t('The bin is not searched') : i18n.t('Search by title')} />
          </SearchField>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would only add a frame to undo */}
          <div className="library-scopes" role="group" aria-label={i18n.t('Whose layouts')}>
            {SCOPES.map((one) => (
              <button key={one} type="button" className="button small" aria-pressed={one === scope} onClick={() => ask({ scope: one })}>
                {scopeNames()[one]}
              </button>
            ))}
          </div>
          {canSort(scope) ? (
            <label className="library-sort">
              {i18n.t('Sort by')}{' '}
              <select
                className="input"
                value={sort}
                onChange={({ target }) => ask({ sort: SORTS.find((one) => one === target.value) ?? 'changed' })}
              >
                {SORTS.map((one) => (
                  <option key={one} value={one}>
                    {sortNames()[one]}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </div>
        {problem ? (
          <div className="library-note" role="alert">
            <p>{problem.message}</p>
            <Button className="button" onPress={again}>
              {i18n.t('Try again')}
            </Button>
          </div>
        ) : null}
        <GridList
          ref={cards}
          className="library-grid"
          aria-label={i18n.t('Layouts')}
          aria-busy={state === 'looking'}
          layout="grid"
          keyboardNavigationBehavior="tab"
          selectionMode="none"
          items={items}
          dependencies={[locale(), trees, session, opened]}
          {...(scope === 'bin' ? {} : { onAction: (key) => open(String(key)) })}
          renderEmptyState={() =>
            problem ? null : (
              <p className="library-note">
                {state === 'looking'
                  ? i18n.t('Looking…')
                  : words
                    ? i18n.t('No layout has a title with “{words}”.', { words })
                    : emptyTexts()[scope]}
              </p>
            )
          }
        >
          {(layout) => (
            <LayoutCard
              controller={controller}
              layout={layout}
              tree={trees.get(layout.id)}
              mine={layout.owner === `user:${session.user.id}`}
              actions={cardItems(controller, layout, { gone: () => takeOut(layout.id), back: again })}
              pinnedBy={pinned(layout.id)?.title}
              openedBy={opened.answer?.by.get(layout.id)}
              star={(starred) => void controller.attempt(star(layout, starred))}
              restore={() => void controller.attempt(restore(layout))}
              removeForEver={() => controller.openDialog({ kind: 'delete-for-ever', layout, done: () => takeOut(layout.id) })}
            />
          )}
        </GridList>
        {opened.problem && !isWithheld(opened.problem) ? (
          <p className="library-note" role="status">
            {i18n.t('How many people opened each layout is not known right now.')}{' '}
            <Button className="link" onPress={() => setOpenedAsked((count) => count + 1)}>
              {i18n.t('Try again')}
            </Button>
          </p>
        ) : null}
        <output className="hidden-text">
          {state === 'looking'
            ? ''
            : more
              ? i18n.t('{count, plural, one {# layout or more} other {# layouts or more}}', { count: items.length })
              : i18n.t('{count, plural, one {# layout} other {# layouts}}', { count: items.length })}
        </output>
        {more && !problem ? (
          <Button className="button" onPress={more}>
            {i18n.t('Show more')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
