import { ask } from '../../api/client';
import { figures, lastDays } from '../../api/figures';
import { asProblem } from '../../api/problem';

/** Panels that the tracker tells of at most; no layout has as many. */
const MOST = 100;

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

/** By layout; null: nobody, or too few to say. Throws ApiProblem where the tracker does not answer, or its figures are for others. */
export async function usageOf(layouts: readonly string[]): Promise<ReadonlyMap<string, LayoutUse | null>> {
  const range = lastDays(Date.now());
  return new Map(await Promise.all(layouts.map(async (layout) => [layout, await useOf(layout, range)] as const)));
}

async function useOf(layout: string, range: ReturnType<typeof lastDays>): Promise<LayoutUse | null> {
  const top = (dimension: string) =>
    ask(figures.GET('/top', { params: { query: { ...range, dimension, filter: [`layout_id:${layout}`], limit: MOST } } }));
  try {
    const [whole, panels] = await Promise.all([top('layout_id'), top('panel_id')]);
    const visitors = whole.items[0]?.visitors ?? 0;
    if (visitors === 0) return null;
    return { visitors, panels: new Map(panels.items.map((item) => [item.value, { visitors: item.visitors, dwellMs: item.dwellMs }])) };
  } catch (cause) {
    if (asProblem(cause).code === 'too_few_visitors') return null;
    throw cause;
  }
}
