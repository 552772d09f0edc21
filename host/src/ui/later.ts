import { keepAsking } from '../api/keep-asking';
import { pause } from '../api/pause';
import { unreachable } from '../api/problem';

/** Code of the page that comes when it is first wanted. Where it does not come it is asked for again, for as long as it takes. */
export const fetchCode = <Code>(load: () => Promise<Code>): Promise<Code> =>
  keepAsking(
    () => fetchOnce(load),
    () => undefined,
    { wait: pause, random: Math.random },
    new AbortController().signal,
  );

/** One attempt. Rejects with ApiProblem where it does not come. */
export const fetchOnce = <Code>(load: () => Promise<Code>): Promise<Code> =>
  load().catch((cause: unknown) => {
    throw unreachable(cause);
  });

/** What something can do, where its code comes later: whatever is asked of it waits for that. */
export type Later<T> = {
  readonly [Name in keyof T as T[Name] extends (...args: never[]) => unknown ? Name : never]: T[Name] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** Calls it with the first call, and answers every other one with the same; what fails is called anew by the next. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((cause: unknown) => {
      loaded = undefined;
      throw cause;
    });
    return loaded;
  };
}

/** `load` is called with the first call of any of its methods, and once; calls are carried out in their turn. */
export function later<T extends object>(load: () => Promise<T>): Later<T> {
  const loaded = once(load);
  const call =
    (name: keyof T) =>
    async (...args: unknown[]): Promise<unknown> => {
      const it = await loaded();
      return (it[name] as (...args: unknown[]) => unknown).apply(it, args);
    };
  // With a `then` it would be taken for a promise by whoever hands it on through one.
  return new Proxy({} as Later<T>, { get: (_, name) => (name === 'then' ? undefined : call(name as keyof T)) });
}
