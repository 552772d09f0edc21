import type { WidgetSummary } from '@datamesh/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { keepAsking } from '../api/keep-asking';
import { pause } from '../api/pause';
import { type ApiProblem, asProblem } from '../api/problem';
import { afterTyping } from '../ui/after-typing';
import { findWidgets } from './catalogue';

export interface Catalogue {
  items: WidgetSummary[];
  /** Of the whole shop, whatever is searched for. */
  total: number | null;
  categories: string[];
  more: boolean;
  state: 'loading' | 'ready' | 'failed';
  /** With `failed`: why; null while nothing has come yet. Either is asked again by itself. */
  problem: ApiProblem | null;
}

const NOTHING: Catalogue = { items: [], total: null, categories: [], more: false, state: 'loading', problem: null };

/** What the registry offers for a search, page by page; what was found stays on the screen until the next answer is there. */
export function useCatalogue(
  q: string,
  category: string | null,
  publisher: string | null = null,
): Catalogue & { loadMore(): void; retry(): void } {
  const [catalogue, setCatalogue] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const next = useRef<string | null>(null);
  /** Of the question whose answer is shown: aborted with the next one. */
  const asking = useRef(AbortSignal.abort());
  const wake = useRef<(() => void) | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    wake.current = null;
    setCatalogue((before) => ({ ...before, state: 'loading', problem: null }));
    return afterTyping(q, async (signal) => {
      try {
        const page = await keepAsking(
          () => findWidgets({ q, category, publisher }, signal),
          ({ problem, askNow }) => {
            wake.current = askNow;
            if (!signal.aborted) setCatalogue((before) => ({ ...before, state: 'failed', problem }));
          },
          { wait: pause, random: Math.random },
          signal,
        );
        if (signal.aborted) return;
        next.current = page.next;
        asking.current = signal;
        setCatalogue((before) => ({
          items: page.items,
          total: q || category || publisher ? before.total : page.total,
          categories: page.categories,
          more: page.next !== null,
          state: 'ready',
          problem: null,
        }));
      } catch (cause) {
        if (!signal.aborted) setCatalogue((before) => ({ ...before, state: 'failed', problem: asProblem(cause) }));
      }
    });
  }, [q, category, publisher, attempt]);

  const loadMore = useCallback(async () => {
    const cursor = next.current;
    if (cursor === null) return;
    const signal = asking.current;
    next.current = null;
    try {
      const page = await findWidgets({ q, category, publisher, cursor }, signal);
      if (signal.aborted) return;
      next.current = page.next;
      setCatalogue((before) => ({ ...before, items: [...before.items, ...page.items], more: page.next !== null }));
    } catch (cause) {
      if (signal.aborted) return;
      next.current = cursor;
      setCatalogue((before) => ({ ...before, state: 'failed', problem: asProblem(cause) }));
    }
  }, [q, category, publisher]);

  return { ...catalogue, loadMore: () => void loadMore(), retry: () => (wake.current ? wake.current() : setAttempt((count) => count + 1)) };
}
