import { DataError, isAbort, retryDelay } from '@datamesh/widget-sdk';
import { useEffect, useState } from 'react';
import { loadTable, type TableSource } from './source';

export type Loading = { status: 'loading' } | { status: 'failed'; error: DataError } | { status: 'ready'; table: TableSource };

/** The table behind a path, and a way to ask again at once: what fails for a while is asked again by itself. */
export function useTable(path: string): { loading: Loading; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [loading, setLoading] = useState<Loading>({ status: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a reason to load again
  useEffect(() => {
    const aborter = new AbortController();
    setLoading({ status: 'loading' });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (failures: number): void => {
      loadTable(path, aborter.signal).then(
        (table) => setLoading({ status: 'ready', table }),
        (cause: unknown) => {
          if (isAbort(cause) || aborter.signal.aborted) return;
          const error =
            cause instanceof DataError ? cause : new DataError('failed', cause instanceof Error ? cause.message : String(cause));
          setLoading({ status: 'failed', error });
          if (error.isTemporary) timer = setTimeout(() => load(failures + 1), retryDelay(failures, Math.random()));
        },
      );
    };
    load(0);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [path, attempt]);
  return { loading, retry: () => setAttempt((count) => count + 1) };
}
