import type { LayoutSummary } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { type ApiProblem, asProblem } from '../api/problem';
import type { Desk } from '../shell/desk';
import { departmentPath, layoutPath } from '../shell/route';
import { ago } from '../shell/times';
import { useStore } from '../shell/useStore';
import { everyLayout } from './listing';

type Listing = { state: 'loading' } | { state: 'failed'; problem: ApiProblem } | { state: 'ready'; items: LayoutSummary[] };

/** Every layout one may see, newest first. */
export function LayoutList({ desk }: { desk: Desk }) {
  const { session } = useStore(desk.store);
  const [q, setQ] = useState('');
  const [listing, setListing] = useState<Listing>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    let current = true;
    setListing({ state: 'loading' });
    everyLayout().then(
      (items) => current && setListing({ state: 'ready', items }),
      (cause: unknown) => current && setListing({ state: 'failed', problem: asProblem(cause) }),
    );
    return () => {
      current = false;
    };
  }, [attempt]);

  if (listing.state === 'failed')
    return (
      <div className="dialog-note" role="alert">
        <p>{listing.problem.message}</p>
        <Button className="button" onPress={() => setAttempt((count) => count + 1)}>
          Try again
        </Button>
      </div>
    );
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const items = listing.state === 'ready' ? listing.items.filter((layout) => words.every((word) => textOf(layout).includes(word))) : [];
  const pinned = (id: string) => session.departments.find(({ layout }) => layout === id);
  const open = (id: string): void => {
    const department = pinned(id);
    desk.openDialog(null);
    void desk.go(department ? departmentPath(department.id) : layoutPath(id));
  };
  return (
    <>
      <SearchField className="layout-search" aria-label="Search layouts" value={q} onChange={setQ} autoFocus>
        <Input className="input" placeholder="Search layouts" />
      </SearchField>
      <ListBox
        className="layout-list"
        aria-label="Layouts"
        aria-busy={listing.state === 'loading'}
        items={items}
        selectionMode="none"
        onAction={(key) => open(String(key))}
        renderEmptyState={() => (
          <p className="dialog-note">
            {listing.state === 'loading' ? 'Looking…' : q ? `No layout fits “${q}”.` : 'There is no layout you can see yet.'}
          </p>
        )}
      >
        {(layout) => (
          <ListBoxItem className="layout-row" textValue={layout.title}>
            <span className="layout-row-title">{layout.title}</span>
            <span className="layout-row-detail">
              {[
                pinned(layout.id) ? `pinned by ${pinned(layout.id)?.title}` : null,
                layout.owner === `user:${session.user.id}` ? 'yours' : `by ${layout.updatedByName}`,
                `updated ${ago(layout.updatedAt, Date.now())}`,
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
      {desk.powerUser ? (
        <div className="dialog-actions">
          <Button
            className="button"
            onPress={() => {
              desk.openDialog(null);
              void desk.actions.newLayout();
            }}
          >
            New layout
          </Button>
        </div>
      ) : null}
    </>
  );
}

const textOf = ({ title, updatedByName, department }: LayoutSummary): string =>
  `${title} ${updatedByName} ${department ?? ''}`.toLowerCase();
