import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem';
import { afterTyping } from '../ui/after-typing';

export interface Fetched<T> {
  items: T[];
  next: string | null;
}

export interface Pages<T> {
  /** What was found last stays until the next answer is there. */
  items: readonly T[];
  state: 'looking' | 'found';
  problem: ApiProblem | null;
  /** There are more: asks for them. */
  more: (() => void) | null;
  again(): void;
}

/** A list that comes page by page; asked anew for another `question`, once nobody types any more. */
export function usePages<T>(question: string, fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<Fetched<T>>): Pages<T> {
  const [pages, setPages] = useState<Fetched<T>>({ items: [], next: null });
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [answered, setAnswered] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [cursor, setCursor] = useState<string | null>(null);
  const asked = JSON.stringify([question, attempt, cursor]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that is asked is in the question
  useEffect(
    () =>
      afterTyping(cursor === null ? question : '', async (signal) => {
        try {
          const page = await fetchPage(cursor, signal);
          if (signal.aborted) return;
          setPages((before) => ({ items: cursor === null ? page.items : [...before.items, ...page.items], next: page.next }));
          setProblem(null);
        } catch (cause) {
          if (signal.aborted) return;
          setProblem(asProblem(cause));
        }
        setAnswered(asked);
      }),
    [asked],
  );
  // Another question begins at its first page.
  const [known, setKnown] = useState(question);
  if (known !== question) {
    setKnown(question);
    setCursor(null);
  }
  const { items, next } = pages;
  const state = answered === asked ? 'found' : 'looking';
  return {
    items,
    state,
    problem,
    more: next === null || state === 'looking' ? null : () => setCursor(next),
    again: () => setAttempt((count) => count + 1),
  };
}
