import { useEffect, useRef, useState } from 'react';
import { keepAsking } from '../api/keep-asking';
import { pause } from '../api/pause';
import { type ApiProblem, asProblem } from '../api/problem';

/** `failed` may still become `ready`: what is temporary is asked again by itself. */
export type Answer<T> = { state: 'loading' } | { state: 'failed'; problem: ApiProblem } | { state: 'ready'; value: T };

/** What a question yields; asked again for another key, by `retry`, and by itself after a failure that is temporary. */
export function useQuery<T>(key: string, question: () => Promise<T>): Answer<T> & { retry(): void } {
  const [answer, setAnswer] = useState<Answer<T> & { key: string }>({ state: 'loading', key });
  const [attempt, setAttempt] = useState(0);
  const askNow = useRef<(() => void) | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which question it is, and another attempt asks the same again
  useEffect(() => {
    const over = new AbortController();
    const set = (next: Answer<T>): void => {
      if (!over.signal.aborted) setAnswer({ ...next, key });
    };
    setAnswer({ state: 'loading', key });
    keepAsking(
      question,
      (outage) => {
        askNow.current = outage.askNow;
        if (outage.problem) set({ state: 'failed', problem: outage.problem });
      },
      { wait: pause, random: Math.random },
      over.signal,
    )
      .then(
        (value) => set({ state: 'ready', value }),
        (cause: unknown) => set({ state: 'failed', problem: asProblem(cause) }),
      )
      .finally(() => {
        askNow.current = null;
      });
    return () => over.abort();
  }, [key, attempt]);
  const retry = (): void => (askNow.current ? askNow.current() : setAttempt((count) => count + 1));
  // Between the new key and its effect, the old answer is none.
  return answer.key === key ? { ...answer, retry } : { state: 'loading', retry };
}
