import { DataError, fetchData, isAbort, retryDelay } from '@datamesh/widget-sdk';
import { onScopeDispose, ref, type ShallowRef, shallowRef, watchEffect } from 'vue';

export interface Loaded<T> {
  /** The last answer; stays while the next one is on its way, so that the picture does not flicker. */
  answer: T | null;
  error: DataError | null;
  loading: boolean;
}

/** Follows a data path; null asks for nothing. `checked` makes an answer of what came, or throws a DataError. What fails for a while is asked again by itself. */
export function useLoaded<T>(
  path: () => string | null,
  checked: (answer: unknown) => T,
): { state: Readonly<ShallowRef<Loaded<T>>>; retry: () => void } {
  const state = shallowRef<Loaded<T>>({ answer: null, error: null, loading: false });
  const attempt = ref(0);
  let previous: T | null = null;
  let aborter: AbortController | undefined;
  watchEffect(() => {
    const wanted = path();
    void attempt.value;
    aborter?.abort();
    if (wanted === null) {
      previous = null;
      state.value = { answer: null, error: null, loading: false };
      return;
    }
    aborter = new AbortController();
    const { signal } = aborter;
    state.value = { answer: previous, error: null, loading: true };
    const load = (failures: number): void => {
      fetchData<unknown>(wanted, signal)
        .then(checked)
        .then(
          (answer) => {
            previous = answer;
            state.value = { answer, error: null, loading: false };
          },
          (cause: unknown) => {
            if (isAbort(cause) || signal.aborted) return;
            const error =
              cause instanceof DataError ? cause : new DataError('failed', cause instanceof Error ? cause.message : String(cause));
            previous = null;
            state.value = { answer: null, error, loading: false };
            if (!error.isTemporary) return;
            const timer = setTimeout(() => load(failures + 1), retryDelay(failures, Math.random()));
            signal.addEventListener('abort', () => clearTimeout(timer));
          },
        );
    };
    load(0);
  });
  onScopeDispose(() => aborter?.abort());
  return { state, retry: () => attempt.value++ };
}
