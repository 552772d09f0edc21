import type { LayoutContent, ResolutionItem } from '@datamesh/contracts';
import { emptyLayout, type PanelGroup, panelsOf, removePanel } from '@datamesh/layout';
import { WidgetFailure } from '../../remotes/failure';
import { sentenceOf } from '../../remotes/failure-words';
import { isResolution, nameIn } from '../../remotes/resolution';

/** A widget of a layout that means nothing on this instance. */
export interface Lacking {
  spec: string;
  /** Ids, in reading order. */
  panels: string[];
  /** Why, in words. */
  why: string;
  /** No widget has that name: no layout may hold it. Otherwise the widget is there, and the version is not. */
  unknown: boolean;
}

export const specsIn = ({ panels }: LayoutContent): string[] => [...new Set(Object.values(panels).map(({ widget }) => widget))];

/** By what the registry has answered about each widget. */
export function lackingIn({ tree, panels }: LayoutContent, items: readonly ResolutionItem[]): Lacking[] {
  const order = panelsOf(tree);
  return items.flatMap((item) => {
    if (isResolution(item)) return [];
    const { spec, error } = item;
    const ids = order.filter((id) => panels[id]?.widget === spec);
    return [
      {
        spec,
        panels: ids,
        why: sentenceOf(new WidgetFailure(spec, 'resolve', error.code, undefined, undefined, item)),
        unknown: error.code === 'widget_unknown',
      },
    ];
  });
}

/** As much of the layout as this instance can hold. */
export const withoutUnknown = (content: LayoutContent, lacking: readonly Lacking[]): LayoutContent =>
  lacking
    .filter(({ unknown }) => unknown)
    .flatMap(({ panels }) => panels)
    .reduce(removePanel, content);

/** As many of the panels as this instance can hold, and the names of the widgets that it does not know. */
export function withoutLacking({ tree, panels }: PanelGroup, items: readonly ResolutionItem[]): { group: PanelGroup; left: string[] } {
  const content = { ...emptyLayout(''), tree, panels };
  const lacking = lackingIn(content, items);
  const left = lacking.filter(({ unknown }) => unknown).map(({ spec }) => nameIn(spec));
  return { group: left.length > 0 ? withoutUnknown(content, lacking) : { tree, panels }, left: [...new Set(left)] };
}

/** Of a panel, as people know it. */
export const panelTitle = ({ panels }: LayoutContent, id: string): string => panels[id]?.title || nameIn(panels[id]?.widget ?? id);
