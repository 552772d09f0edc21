import type { LayoutNode, LayoutSummary } from '@datamesh/contracts';
import { useEffect, useRef, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { afterTyping } from '../ui/after-typing';
import { findLayouts, type LibraryPage, type LibraryQuestion, treesOf } from './library-calls';

export interface LibraryView {
  items: readonly LayoutSummary[];
  /** By the layout's id, as they come. */
  trees: ReadonlyMap<string, LayoutNode>;
  state: 'looking' | 'found';
  problem: ApiProblem | null;
  /** There are more: asks for them. */
  more: (() => void) | null;
  again(): void;
  /** Of one that is shown. */
  change(id: string, more: Partial<LayoutSummary>): void;
  takeOut(id: string): void;
}

/** What is there stays on the screen until the answer to the next question has come. */
export function useLibrary(controller: DashboardController, asked: LibraryQuestion): LibraryView {
  const { scope, q, sort } = asked;
  const [items, setItems] = useState<LayoutSummary[]>([]);
  const [trees, setTrees] = useState<ReadonlyMap<string, LayoutNode>>(new Map());
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [attempt, setAttempt] = useState(0);
  // Compared rather than set: nothing is said of a question, not for one frame, before its own answer has come.
  const question = JSON.stringify([scope, q, sort, attempt]);
  const [answered, setAnswered] = useState<string | null>(null);
  /** The question whose answer is shown, over with the next one; and which further page of it is asked for. */
  const asking = useRef<{ signal: AbortSignal; cursor: string | null }>({ signal: AbortSignal.abort(), cursor: null });

  const draw = async ({ items: found }: LibraryPage, signal: AbortSignal): Promise<void> => {
    const known = await treesOf(
      found.map(({ id }) => id),
      signal,
    );
    setTrees((before) => new Map([...before, ...known]));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: all that is asked is in the question
  useEffect(
    () =>
      afterTyping(q, async (signal) => {
        try {
          const page = await findLayouts(asked, null, signal);
          setItems(page.items);
          setNext(page.next);
          asking.current = { signal, cursor: null };
          setProblem(null);
          setAnswered(question);
          await draw(page, signal);
        } catch (cause) {
          if (signal.aborted) return;
          setAnswered(question);
          setProblem(asProblem(cause));
        }
      }),
    [question],
  );

  const more = async (cursor: string): Promise<void> => {
    const of = asking.current;
    // It is on its way.
    if (of.cursor === cursor) return;
    of.cursor = cursor;
    try {
      const page = await findLayouts(asked, cursor, of.signal);
      if (of.signal.aborted) return;
      setItems((known) => [...known, ...page.items]);
      setNext(page.next);
      await draw(page, of.signal);
    } catch (cause) {
      if (!of.signal.aborted) throw cause;
    } finally {
      of.cursor = null;
    }
  };
  return {
    items,
    trees,
    state: answered === question ? 'found' : 'looking',
    problem,
    more: next === null ? null : () => void controller.attempt(more(next)),
    again: () => setAttempt((count) => count + 1),
    change: (id, change) => setItems((known) => known.map((layout) => (layout.id === id ? { ...layout, ...change } : layout))),
    takeOut: (id) => setItems((known) => known.filter((layout) => layout.id !== id)),
  };
}
