import type { WidgetSummary } from '@datamesh/contracts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { Drawer } from '../dashboard/open-dashboard';
import type { OpenLayout } from '../dashboard/open-layout';
import { i18n } from '../language/i18n';
import { Icon } from '../ui/Icon';
import { CategoryChips } from './CategoryChips';
import type { Fit } from './fitting/fits';
import { useEveryWidget, useFitting } from './fitting/use-fitting';
import { type Usage, usageCache } from './usage-cache';
import { useAdding } from './use-adding';
import { useCatalogue } from './use-catalogue';
import { useQuery } from './use-query';
import { WaitingCards } from './WaitingCards';
import { WidgetCard } from './WidgetCard';
import './marketplace.css';

/** Everything that can be added to the layout. Stays open, so that several can be added in a row. */
export default function Marketplace({
  controller,
  open,
  drawer,
}: {
  controller: DashboardController;
  open: OpenLayout;
  drawer: Drawer & { kind: 'marketplace' };
}) {
  const [q, setQ] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const catalogue = useCatalogue(q.trim(), category);
  const { items, total, categories, state, problem, more } = catalogue;
  const usage = useCardUsage();
  const adding = useAdding(controller, open, drawer);
  const every = useEveryWidget();
  const searched = q.trim() !== '' || category !== null;
  const frame = useRef<HTMLElement>(null);
  const held = (): boolean => frame.current?.matches(':hover, :focus-within') ?? false;
  const fits = useFitting(controller, open, searched || state !== 'ready' ? items : (every ?? items), every, held);
  const others = items.filter(({ name }) => !fits.some(({ widget }) => widget.name === name));
  const card = (widget: WidgetSummary, fit?: Fit) => (
    <WidgetCard
      key={widget.name}
      widget={widget}
      fit={fit}
      figures={usage?.get(widget.name)}
      added={adding.added.get(widget.name) ?? 0}
      showDetails={() => controller.openDialog({ kind: 'widget', name: widget.name, title: widget.title })}
      add={() => adding.add(widget)}
      place={() => open.workspace.startAdd(widget)}
      drag={(pointer) => open.workspace.startAdd(widget, pointer)}
    />
  );
  const search = useRef<HTMLInputElement>(null);
  const { from } = drawer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever opens it from elsewhere begins anew
  useEffect(() => search.current?.focus(), [from]);
  const close = (): void => {
    controller.openDrawer(null);
    if (from?.isConnected) from.focus();
  };

  return (
    <aside
      ref={frame}
      className="drawer marketplace"
      aria-label={i18n.t('Add a widget')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
        else if (goThroughCards(event)) event.preventDefault();
      }}
    >
      <div className="drawer-head">
        <h2>{i18n.t('Add a widget')}</h2>
        <Button className="button quiet icon-only" aria-label={i18n.t('Close')} onPress={close}>
          <Icon name="close" />
        </Button>
      </div>
      {adding.where ? (
        <p className="market-where">
          <Icon name="panels" size={14} />
          <span>{adding.where}</span>
          <Button className="button quiet icon-only" aria-label={i18n.t('Add where there is most room instead')} onPress={adding.anywhere}>
            <Icon name="close" size={12} />
          </Button>
        </p>
      ) : null}
      <SearchField className="market-search" aria-label={i18n.t('Search widgets')} value={q} onChange={setQ}>
        <Input
          ref={search}
          className="input"
          placeholder={
            total === null ? i18n.t('Search widgets') : i18n.t('{total, plural, one {Search # widget} other {Search # widgets}}', { total })
          }
        />
      </SearchField>
      <CategoryChips categories={categories} category={category} choose={setCategory} waiting={state === 'loading'} />
      <div className="cards-scroll" aria-busy={state === 'loading'}>
        <output className="hidden-text">
          {state === 'ready' ? i18n.t('{count, plural, one {# widget found} other {# widgets found}}', { count: items.length }) : ''}
        </output>
        {fits.length > 0 ? (
          <section aria-labelledby="market-fits">
            <h3 id="market-fits" className="cards-heading">
              {i18n.t('Works with this dashboard')}
            </h3>
            <ul className="cards">{fits.map(({ widget, fit }) => card(widget, fit))}</ul>
            {others.length > 0 ? <h3 className="cards-heading">{i18n.t('Others')}</h3> : null}
          </section>
        ) : null}
        <ul className="cards">
          {others.map((widget) => card(widget))}
          {state === 'loading' && items.length === 0 ? <WaitingCards className="card" /> : null}
        </ul>
        {state === 'failed' ? (
          <div className="market-note" role="alert">
            <p>
              {problem === null || problem.isTemporary
                ? i18n.t('The list of widgets does not come right now. It is tried again by itself; your layout stays as it is.')
                : problem.message}
            </p>
            <Button className="button" onPress={catalogue.retry}>
              {problem === null || problem.isTemporary ? i18n.t('Try now') : i18n.t('Try again')}
            </Button>
          </div>
        ) : null}
        {state === 'ready' && items.length === 0 ? (
          <div className="market-note">
            {q || category ? (
              <>
                <p>{q ? i18n.t('No widget fits “{words}”.', { words: q }) : i18n.t('No widget fits.')}</p>
                <Button
                  className="button"
                  onPress={() => {
                    setQ('');
                    setCategory(null);
                    search.current?.focus();
                  }}
                >
                  {i18n.t('Show all widgets')}
                </Button>
              </>
            ) : (
              <p>{i18n.t('Nobody has published a widget yet.')}</p>
            )}
          </div>
        ) : null}
        {more ? (
          <Button className="button market-more" onPress={catalogue.loadMore}>
            {i18n.t('Show more')}
          </Button>
        ) : null}
      </div>
    </aside>
  );
}

/** Down from the search to the first card's button, from there from card to card, and up again. Answers whether the key was for that. */
function goThroughCards({ key, currentTarget, target }: KeyboardEvent<HTMLElement>): boolean {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
  const stops = [currentTarget.querySelector<HTMLElement>('input'), ...currentTarget.querySelectorAll<HTMLElement>('.card-add')];
  const at = stops.indexOf(target as HTMLElement);
  const next = at < 0 ? undefined : stops[at + (key === 'ArrowDown' ? 1 : -1)];
  next?.focus();
  return next !== undefined && next !== null;
}

/** The shop works without the tracker: where it does not answer, cards simply say nothing about use. */
function useCardUsage(): ReadonlyMap<string, Usage> | undefined {
  const answer = useQuery('cards', () => usageCache.all());
  return answer.state === 'ready' ? answer.value.items : undefined;
}
