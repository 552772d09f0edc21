import { ask } from '../../api/client';
import { figures, lastDays } from '../../api/figures';
import { openedBy } from '../../library/opened-by';

/** Panels that the tracker tells of at most; no layout has as many. */
const MAX_ITEMS = 100;

export interface PanelUse {
  visitors: number;
  dwellMs: number;
}

/** How one layout was used in 30 days. */
export interface LayoutUse {
  visitors: number;
  /** By the panel's id; none: nobody looked, or too few to say. */
  panels: ReadonlyMap<string, PanelUse>;
}

/** By layout; none: nobody, or too few to say. Throws ApiProblem where the tracker does not answer, or its figures are for others. */
export async function usageOf(layouts: readonly string[]): Promise<ReadonlyMap<string, LayoutUse>> {
  // First, so that nobody asks for the panels of a layout of whose few visitors the tracker refuses to tell.
  const opened = await openedBy();
  const shown = layouts.flatMap((layout) => {
    const visitors = opened.get(layout);
    return visitors ? [{ layout, visitors }] : [];
  });
  return new Map(
    await Promise.all(shown.map(async ({ layout, visitors }) => [layout, { visitors, panels: await panelsOf(layout) }] as const)),
  );
}

async function panelsOf(layout: string): Promise<LayoutUse['panels']> {
  const query = { ...lastDays(Date.now()), dimension: 'panel_id', filter: [`layout_id:${layout}`], limit: MAX_ITEMS };
  const { items } = await ask(figures.GET('/top', { params: { query } }));
  return new Map(items.map(({ value, visitors, dwellMs }) => [value, { visitors, dwellMs }]));
}
