import { DataError, isAbort } from '@datamesh/widget-sdk';
import { useEffect, useState } from 'react';
import { loadTable, type TableSource } from './source';

export type Loading = { status: 'loading' } | { status: 'failed'; error: DataError } | { status: 'ready'; table: TableSource };

/** The table behind a path, and a way to ask again. */
export function useTable(path: string): { loading: Loading; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [loading, setLoading] = useState<Loading>({ status: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a reason to load again
  useEffect(() => {
    const aborter = new AbortController();
    setLoading({ status: 'loading' });
    loadTable(path, aborter.signal).then(
      (table) => setLoading({ status: 'ready', table }),
      (cause: unknown) => {
        if (isAbort(cause)) return;
        const error = cause instanceof DataError ? cause : new DataError('failed', cause instanceof Error ? cause.message : String(cause));
        setLoading({ status: 'failed', error });
      },
    );
    return () => aborter.abort();
  }, [path, attempt]);
  return { loading, retry: () => setAttempt((count) => count + 1) };
}
