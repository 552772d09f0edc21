import type { WidgetSummary } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { PlaceLink } from '../../dashboard/PlaceLink';
import { marketplacePath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { CategoryChips } from '../CategoryChips';
import { useEveryWidget } from '../fitting/use-fitting';
import { useCatalogue } from '../use-catalogue';
import { WaitingCards } from '../WaitingCards';
import { Shot, usedIn } from '../WidgetCard';
import { AddTo } from './AddTo';
import { WidgetPage } from './WidgetPage';
import '../marketplace.css';
import './page.css';

/** What was searched for last, as one comes back from a widget. */
let last: { q: string; category: string | null; publisher: string | null } = { q: '', category: null, publisher: null };

/** Everything that teams have published, at an address of its own; each widget has one as well. */
export default function MarketplacePage({ controller, widget }: { controller: DashboardController; widget: string | null }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="market-page" tabIndex={0}>
      <div className="market-column">
        {widget === null ? <Browse controller={controller} /> : <WidgetPage controller={controller} name={widget} />}
      </div>
    </div>
  );
}

function Browse({ controller }: { controller: DashboardController }) {
  const [search, setSearch] = useState(last);
  const { q, category, publisher } = search;
  const change = (part: Partial<typeof last>): void => {
    last = { ...search, ...part };
    setSearch(last);
  };
  const catalogue = useCatalogue(q.trim(), category, publisher);
  const { items, categories, state, problem, more } = catalogue;
  const isSearched = q.trim() !== '' || category !== null || publisher !== null;
  const teams = [...new Set((useEveryWidget() ?? items).map((one) => one.publisher))].sort();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {i18n.t('Marketplace')}
      </h1>
      <div className="market-tools">
        <SearchField
          className="market-page-search"
          aria-label={i18n.t('Search widgets')}
          value={q}
          onChange={(text) => change({ q: text })}
        >
          <Input className="input" placeholder={i18n.t('Search by name, words, team or category')} />
        </SearchField>
        <label>
          {i18n.t('Team')}{' '}
          <select className="input" value={publisher ?? ''} onChange={({ target }) => change({ publisher: target.value || null })}>
            <option value="">{i18n.t('All')}</option>
            {[...new Set([...teams, ...(publisher === null ? [] : [publisher])])].map((team) => (
              <option key={team}>{team}</option>
            ))}
          </select>
        </label>
      </div>
      <CategoryChips
        categories={categories}
        category={category}
        choose={(one) => change({ category: one })}
        waiting={state === 'loading'}
      />
      <ul className="market-grid" aria-label={i18n.t('Widgets')} aria-busy={state === 'loading'}>
        {items.map((one) => (
          <BrowseCard key={one.name} controller={controller} widget={one} />
        ))}
        {state === 'loading' && items.length === 0 ? <WaitingCards className="market-card" /> : null}
      </ul>
      <output className="market-count">
        {state === 'ready'
          ? items.length === 0 && !isSearched
            ? i18n.t('Nobody has published a widget yet.')
            : found(items.length, more)
          : ''}
      </output>
      {state === 'ready' && items.length === 0 && isSearched ? (
        <Button className="button market-all" onPress={() => change({ q: '', category: null, publisher: null })}>
          {i18n.t('Show all widgets')}
        </Button>
      ) : null}
      {state === 'failed' ? (
        <div className="market-note" role="alert">
          <p>{problem?.message ?? i18n.t('The list of widgets does not come right now. It is tried again by itself.')}</p>
          <Button className="button" onPress={catalogue.retry}>
            {i18n.t('Try again')}
          </Button>
        </div>
      ) : null}
      {more ? (
        <Button className="button" onPress={catalogue.loadMore}>
          {i18n.t('Show more')}
        </Button>
      ) : null}
    </>
  );
}

function found(count: number, more: boolean): string {
  if (count === 0) return i18n.t('No widget fits.');
  return more
    ? i18n.t('{count, plural, one {# widget or more} other {# widgets or more}}', { count })
    : i18n.t('{count, plural, one {# widget} other {# widgets}}', { count });
}

function BrowseCard({ controller, widget }: { controller: DashboardController; widget: WidgetSummary }) {
  return (
    <li className="market-card">
      <Shot widget={widget} />
      <h2>
        <PlaceLink controller={controller} path={marketplacePath(widget.name)}>
          {widget.title}
        </PlaceLink>
      </h2>
      <p>{widget.description}</p>
      <small>
        {widget.deprecated ? `${i18n.t('deprecated')} · ` : ''}
        {widget.publisher} · {shownVersion(widget.version)} · {usedIn(widget.layouts)}
      </small>
      {controller.powerUser ? <AddTo controller={controller} widget={widget} /> : null}
    </li>
  );
}
