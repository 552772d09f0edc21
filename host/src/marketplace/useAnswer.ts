import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem';

export type Answer<T> = { state: 'loading' } | { state: 'failed'; problem: ApiProblem } | { state: 'ready'; value: T };

/** What a question yields; asked again for another key, and by `retry`. */
export function useAnswer<T>(key: string, question: () => Promise<T>): Answer<T> & { retry(): void } {
  const [answer, setAnswer] = useState<Answer<T> & { key: string }>({ state: 'loading', key });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which question it is, and another attempt asks the same again
  useEffect(() => {
    let current = true;
    setAnswer({ state: 'loading', key });
    question().then(
      (value) => current && setAnswer({ state: 'ready', value, key }),
      (cause: unknown) => current && setAnswer({ state: 'failed', problem: asProblem(cause), key }),
    );
    return () => {
      current = false;
    };
  }, [key, attempt]);
  const retry = (): void => setAttempt((count) => count + 1);
  // Between the new key and its effect, the old answer is none.
  return answer.key === key ? { ...answer, retry } : { state: 'loading', retry };
}
