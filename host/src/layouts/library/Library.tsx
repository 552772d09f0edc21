import type { LayoutSummary } from '@datamesh/contracts';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import type { Desk } from '../../shell/desk';
import { departmentPath, layoutPath } from '../../shell/route';
import { ago, exactly } from '../../shell/times';
import { useStore } from '../../shell/useStore';
import { LayoutPicture } from '../LayoutPicture';
import { SCOPES, type Scope } from './libraryCalls';
import { useLibrary } from './useLibrary';
import './library.css';

const SCOPE_NAMES: Record<Scope, string> = {
  all: 'All',
  mine: 'Mine',
  shared: 'Shared with me',
  department: 'My departments',
  company: 'Company',
};
const EMPTY: Record<Scope, string> = {
  all: 'There is no layout you can see yet.',
  mine: 'You have no layout of your own yet. Make a copy of one that you like, or a new one.',
  shared: 'Nobody has shared a layout with you by name yet.',
  department: 'Nothing is shared with your departments yet.',
  company: 'Nothing is shared with the whole company yet.',
};

/** Every layout that one may see, as pictures: by whose they are, and by the words of their titles. */
export default function Library({ desk }: { desk: Desk }) {
  const { session } = useStore(desk.store);
  const [scope, setScope] = useState<Scope>('all');
  const [q, setQ] = useState('');
  const { items, trees, state, problem, more, again } = useLibrary(desk, scope, q.trim());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus();
  }, []);
  const pinned = (id: string) => session.departments.find(({ layout }) => layout === id);
  const open = (id: string): void => {
    const department = pinned(id);
    void desk.go(department ? departmentPath(department.id) : layoutPath(id));
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="library" tabIndex={0}>
      <div className="library-column">
        <div className="library-head">
          <h1 ref={heading} tabIndex={-1}>
            Layouts
          </h1>
          {desk.powerUser ? (
            <Button className="button primary" onPress={() => void desk.actions.newLayout()}>
              New layout
            </Button>
          ) : null}
        </div>
        <div className="library-tools">
          <SearchField className="library-search" aria-label="Search layouts" value={q} onChange={setQ} maxLength={120}>
            <Input className="input" placeholder="Search by title" />
          </SearchField>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would only add a frame to undo */}
          <div className="library-scopes" role="group" aria-label="Whose layouts">
            {SCOPES.map((one) => (
              <button key={one} type="button" className="button small" aria-pressed={one === scope} onClick={() => setScope(one)}>
                {SCOPE_NAMES[one]}
              </button>
            ))}
          </div>
        </div>
        {problem ? (
          <div className="library-note" role="alert">
            <p>{problem.message}</p>
            <Button className="button" onPress={again}>
              Try again
            </Button>
          </div>
        ) : null}
        <ListBox
          className="library-grid"
          aria-label="Layouts"
          aria-busy={state === 'looking'}
          layout="grid"
          selectionMode="none"
          items={items}
          dependencies={[trees, session]}
          onAction={(key) => open(String(key))}
          renderEmptyState={() =>
            problem ? null : (
              <p className="library-note">
                {state === 'looking' ? 'Looking…' : q.trim() ? `No layout has a title with “${q.trim()}”.` : EMPTY[scope]}
              </p>
            )
          }
        >
          {(layout) => (
            <ListBoxItem className="library-card" textValue={layout.title}>
              <span className="library-picture">
                {trees.has(layout.id) ? <LayoutPicture tree={trees.get(layout.id) ?? nothing} /> : null}
              </span>
              <span className="library-title">{layout.title}</span>
              <span className="library-detail">
                {layout.owner === `user:${session.user.id}` ? 'yours' : `by ${layout.ownerName}`}
                {pinned(layout.id) ? ` · pinned by ${pinned(layout.id)?.title}` : ''}
              </span>
              <span className="library-detail" title={exactly(layout.updatedAt)}>
                {changed(layout)}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
        <output className="hidden-text">{state === 'looking' ? '' : `${items.length}${more ? ' or more' : ''} layouts`}</output>
        {more && !problem ? (
          <Button className="button" onPress={more}>
            Show more
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const nothing = { type: 'stack', active: 0, panels: [] } as const satisfies { type: 'stack'; active: number; panels: string[] };

const changed = ({ updatedAt, updatedBy, updatedByName, owner }: LayoutSummary): string =>
  `changed ${ago(updatedAt, Date.now())}${updatedBy === owner ? '' : ` by ${updatedByName}`}`;
