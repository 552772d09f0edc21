import type { WidgetSummary } from '@datamesh/contracts';
import { given, taken } from '@datamesh/contracts/context-types';
import { useMemo, useRef } from 'react';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { locale } from '../../language/language';
import { isResolution, partsOf } from '../../remotes/resolution';
import { useStore } from '../../ui/use-store';
import { everyWidget } from '../catalogue';
import { useQuery } from '../use-query';
import { type Fit, fitting } from './fits';
import { type Known, presentPanels } from './present';

/** How much of a large marketplace is looked through for what fits. */
const LOOKED_THROUGH = 1_000;

/** Everything that can be added, up to a thousand; undefined until it has come. */
export function useEveryWidget(): WidgetSummary[] | undefined {
  const answer = useQuery('every', () => everyWidget({ most: LOOKED_THROUGH }));
  return answer.state === 'ready' ? answer.value : undefined;
}

interface Fitting {
  widget: WidgetSummary;
  fit: Fit;
}

/**
 * What of the widgets works with the panels of the layout, the most telling first. It follows the layout, but not while somebody is
 * `held` by the list: what they are about to press may not move away from below them.
 */
export function useFitting(
  controller: DashboardController,
  open: OpenLayout,
  widgets: readonly WidgetSummary[],
  every: readonly WidgetSummary[] | undefined,
  held: () => boolean,
): Fitting[] {
  const { content } = useStore(open.session.store);
  const before = useRef<{ widgets: readonly WidgetSummary[]; found: Fitting[] }>(undefined);
  const spoken = locale();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whether it is held is asked when something changes, and changes nothing itself
  const found = useMemo(() => {
    if (before.current?.widgets === widgets && held()) return before.current.found;
    // One that was added a moment ago may not be resolved yet: the marketplace says the same of it.
    const knownOf = (spec: string): Known | undefined => {
      const item = controller.resolutions.peek(spec);
      if (item && isResolution(item))
        return { name: item.name, title: item.widget.title, takes: taken(item.widget), gives: given(item.widget) };
      const listed = (every ?? widgets).find(({ name }) => name === partsOf(spec).name);
      return listed && { name: listed.name, title: listed.title, takes: listed.listensFor, gives: listed.broadcasts };
    };
    return fitting(widgets, presentPanels(content, knownOf));
  }, [controller, content, widgets, every, spoken]);
  before.current = { widgets, found };
  return found;
}
