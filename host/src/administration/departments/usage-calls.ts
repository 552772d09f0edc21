import { ask } from '../../api/client';
import { figures, lastDays } from '../../api/figures';
import { ApiProblem } from '../../api/problem';
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

export interface Usage {
  /** None: nobody, or too few to say. */
  of: ReadonlyMap<string, LayoutUse>;
  /** What fewer people did is not told; null: all is told. */
  least: number | null;
}

/** Throws ApiProblem where the tracker does not answer, or its figures are for others. */
export async function usageOf(layouts: readonly string[]): Promise<Usage> {
  // First, so that nobody asks for the panels of a layout of whose few visitors the tracker refuses to tell.
  const { by, least } = await openedBy();
  const shown = layouts.flatMap((layout) => {
    const visitors = by.get(layout);
    return visitors ? [{ layout, visitors }] : [];
  });
  const of = new Map(
    await Promise.all(shown.map(async ({ layout, visitors }) => [layout, { visitors, panels: await panelsOf(layout) }] as const)),
  );
  return { of, least };
}

async function panelsOf(layout: string): Promise<LayoutUse['panels']> {
  const query = { ...lastDays(Date.now()), dimension: 'panel_id', filter: [`layout_id:${layout}`], limit: MAX_ITEMS };
  try {
    const { items } = await ask(figures.GET('/top', { params: { query } }));
    return new Map(items.map(({ value, visitors, dwellMs }) => [value, { visitors, dwellMs }]));
  } catch (cause) {
    // So few by now that they would be told by name, nearly; the others are still told.
    if (cause instanceof ApiProblem && cause.code === 'too_few_visitors') return new Map();
    throw cause;
  }
}
