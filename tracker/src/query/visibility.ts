/**
 * What of a site's figures somebody gets to see. Admins and members of the teams that own the site see all of it. Others see:
 *
 * - on a site whose figures go by layouts, events of the layouts that they may open, and what belongs to no layout;
 * - totals of all that. Broken down or filtered, only what at least so many visitors did (`minVisitors`): fewer are persons, whose habits
 *   would show. Own layouts, and widgets of one's teams, are shown however few looked.
 */
import type { AnyDimension, Missing, ServiceClaims } from '@datamesh/contracts';
import { ProblemError } from '../http/problem';
import type { Viewer } from '../identity/viewers';
import type { Site } from '../sites/site';
import { mayExportEvents } from './access';
import { fewVisitors } from './missing';
import type { Audience, QueryContext, QueryEngine, Scope, TopItem } from './port';

export interface Visibility {
  /** Whose events count at all; undefined: everybody's. */
  only: Audience | undefined;
  /** Groups of fewer visitors are not told. 0: all are. */
  least: number;
  own: ReadonlySet<string>;
  widgets: ReadonlySet<string>;
}

type Least = Pick<Visibility, 'least'>;

/** Admins, and the teams that own the site. */
export const EVERYTHING: Visibility = { only: undefined, least: 0, own: new Set(), widgets: new Set() };

/** Dimensions whose values tell which layout it was. */
const TELLING = new Set<AnyDimension>(['layout_id', 'path', 'panel_id', 'referrer']);

/** `asked`: the dimensions that the question names, in whatever way. */
export function visibilityOf(site: Site, claims: ServiceClaims, viewer: Viewer, scope: Scope, asked: readonly AnyDimension[]): Visibility {
  if (mayExportEvents(claims, site)) return EVERYTHING;
  const own = viewer.own;
  const widgets = new Set(viewer.widgets);
  const only = site.figures === 'site' ? undefined : audienceOf(claims, viewer, asked);
  const theirs = scope.filters.some(
    ({ dimension, value }) => (dimension === 'layout_id' && own.has(value)) || (dimension === 'widget' && widgets.has(value)),
  );
  return { only, least: theirs ? 0 : site.minVisitors, own, widgets };
}

function audienceOf({ departments }: ServiceClaims, { layouts, widgets }: Viewer, asked: readonly AnyDimension[]): Audience {
  return {
    layouts,
    pages: departments.map((department) => `/d/${department}`),
    // A team sees how its widgets do everywhere, but not on whose layouts.
    widgets: asked.some((dimension) => TELLING.has(dimension)) ? [] : widgets,
  };
}

export const visibleScope = (visibility: Visibility, scope: Scope): Scope =>
  visibility.only ? { ...scope, only: visibility.only } : scope;

/** Whether a group of so many visitors stays untold. */
export const isFew = ({ least }: Least, visitors: number): boolean => visitors > 0 && visitors < least;

/** Refuses a question that is filtered down to a few. */
export async function refuseFew(
  engine: QueryEngine,
  visibility: Visibility,
  scope: Scope,
  context: QueryContext,
  always = false,
): Promise<void> {
  if (visibility.least === 0 || (scope.filters.length === 0 && !always)) return;
  if (isFew(visibility, await engine.visitors(scope, context)))
    throw new ProblemError(
      403,
      'too_few_visitors',
      `Fewer than ${visibility.least} visitors did this: what single people do is not shown. Ask for a longer range, or with fewer filters.`,
    );
}

/** Keeps what `visitorsOf` says enough of, and tells that there was more. */
export function withoutFew<T>(items: readonly T[], visibility: Least, context: QueryContext, visitorsOf: (item: T) => number): T[] {
  const kept = items.filter((item) => !isFew(visibility, visitorsOf(item)));
  if (kept.length < items.length) context.withheld?.(fewVisitors(visibility.least));
  return kept;
}

/** The same, with `empty` in place of what is left out, where every place stands for something. */
export function blanked<T>(
  items: readonly T[],
  visibility: Least,
  context: QueryContext,
  visitorsOf: (item: T) => number,
  empty: (item: T) => T,
): T[] {
  if (items.some((item) => isFew(visibility, visitorsOf(item)))) context.withheld?.(fewVisitors(visibility.least));
  return items.map((item) => (isFew(visibility, visitorsOf(item)) ? empty(item) : item));
}

/** Lists of single visits and events are nobody else's business, however many there are. */
export function withhold<T>(items: readonly T[], { least }: Least, context: QueryContext, what: Missing): readonly T[] {
  if (least === 0 || items.length === 0) return items;
  context.withheld?.(what);
  return [];
}

/** Rows of a top list; one's own layouts and widgets are shown however few looked. */
export const topWithoutFew = (
  items: readonly TopItem[],
  visibility: Visibility,
  context: QueryContext,
  dimension: AnyDimension,
): TopItem[] =>
  withoutFew(items, visibility, context, ({ value, visitors }) => {
    const theirs = (dimension === 'layout_id' && visibility.own.has(value)) || (dimension === 'widget' && visibility.widgets.has(value));
    return theirs ? 0 : visitors;
  });
