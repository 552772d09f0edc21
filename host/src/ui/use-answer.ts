import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem';

interface Answer<T> {
  /** null until it has come, and where nothing is asked. */
  answer: T | null;
  problem: ApiProblem | null;
}

/** What `ask` resolves to: asked anew for another `key`, of which the answer to an earlier one is none; null asks nothing. */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): Answer<T> {
  const [known, setKnown] = useState<{ key: string; answer: T | null; problem: ApiProblem | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is in the key
  useEffect(() => {
    if (key === null) return;
    let over = false;
    ask().then(
      (answer) => over || setKnown({ key, answer, problem: null }),
      (cause: unknown) => over || setKnown({ key, answer: null, problem: asProblem(cause) }),
    );
    return () => {
      over = true;
    };
  }, [key]);
  return known !== null && known.key === key ? known : { answer: null, problem: null };
}
