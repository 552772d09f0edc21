import type { LayoutSummary } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { type ApiProblem, asProblem } from '../api/problem';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { pathOfLayout } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { locale } from '../language/language';
import { afterTyping } from '../ui/after-typing';
import { ago } from '../ui/times';
import { useStore } from '../ui/use-store';
import { searchLayouts } from './library-calls';

interface Listing {
  state: 'loading' | 'ready';
  /** What was found last stays until the next answer is there. */
  items: LayoutSummary[];
  more: boolean;
  problem: ApiProblem | null;
}

/** Layouts one may see, newest first, by the words of their titles. */
export function LayoutList({ controller }: { controller: DashboardController }) {
  const { session } = useStore(controller.store);
  const [q, setQ] = useState('');
  const [listing, setListing] = useState<Listing>({ state: 'loading', items: [], more: false, problem: null });
  const [attempt, setAttempt] = useState(0);
  const words = q.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    setListing((before) => ({ ...before, state: 'loading', problem: null }));
    return afterTyping(words, async (signal) => {
      try {
        const { items, next } = await searchLayouts(words, signal);
        if (!signal.aborted) setListing({ state: 'ready', items, more: next !== null, problem: null });
      } catch (cause) {
        if (!signal.aborted) setListing((before) => ({ ...before, state: 'ready', problem: asProblem(cause) }));
      }
    });
  }, [words, attempt]);

  if (listing.problem)
    return (
      <div className="dialog-note" role="alert">
        <p>{listing.problem.message}</p>
        <Button className="button" onPress={() => setAttempt((count) => count + 1)}>
          {i18n.t('Try again')}
        </Button>
      </div>
    );
  const pinned = (id: string) => session.departments.find(({ layouts }) => layouts.includes(id));
  const open = (id: string): void => {
    controller.openDialog(null);
    void controller.go(pathOfLayout(session.departments, id));
  };
  return (
    <>
      <SearchField className="layout-search" aria-label={i18n.t('Search layouts')} value={q} onChange={setQ} autoFocus>
        <Input className="input" placeholder={i18n.t('Search layouts')} />
      </SearchField>
      <ListBox
        className="layout-list"
        aria-label={i18n.t('Layouts')}
        aria-busy={listing.state === 'loading'}
        items={listing.items}
        dependencies={[locale(), session]}
        selectionMode="none"
        onAction={(key) => open(String(key))}
        renderEmptyState={() => (
          <p className="dialog-note">
            {listing.state === 'loading'
              ? i18n.t('Looking…')
              : words
                ? i18n.t('No layout has a title with “{words}”.', { words })
                : i18n.t('There is no layout you can see yet.')}
          </p>
        )}
      >
        {(layout) => (
          <ListBoxItem className="layout-row" textValue={layout.title}>
            <span className="layout-row-title">{layout.title}</span>
            <span className="layout-row-detail">
              {[
                pinned(layout.id) ? i18n.t('pinned by {title}', { title: pinned(layout.id)?.title }) : null,
                layout.owner === `user:${session.user.id}` ? i18n.t('yours') : i18n.t('by {name}', { name: layout.updatedByName }),
                i18n.t('updated {when}', { when: ago(layout.updatedAt, Date.now()) }),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
      {listing.more ? <p className="dialog-note">{i18n.t('There are more: type a part of the title.')}</p> : null}
      {controller.powerUser ? (
        <div className="dialog-actions">
          <Button
            className="button"
            onPress={() => {
              controller.openDialog(null);
              void controller.actions.newLayout();
            }}
          >
            {i18n.t('New layout')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
