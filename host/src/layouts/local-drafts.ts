import type { LocalDraft, LocalDrafts } from './ports';

/** In localStorage, per person and page. A browser that refuses (private mode, full) leaves the draft to the server alone. */
export function localDrafts(user: string, storage: Storage): LocalDrafts {
  const keysOf = (id: string): string => `dm.draft.${user}.${id}`;
  const keyOf = (id: string, page: string): string => (page === EARLIER ? keysOf(id) : `${keysOf(id)}.${page}`);
  return {
    read: (id) =>
      Object.keys(storage)
        .filter((key) => key === keysOf(id) || key.startsWith(`${keysOf(id)}.`))
        .flatMap((key) => {
          try {
            return [{ page: EARLIER, ...JSON.parse(storage.getItem(key) ?? '') } as LocalDraft];
          } catch {
            // Half-written by a browser that was killed: of no use to anybody.
            storage.removeItem(key);
            return [];
          }
        }),
    write(id, draft) {
      try {
        storage.setItem(keyOf(id, draft.page), JSON.stringify(draft));
      } catch (cause) {
        console.warn('This browser keeps no copy of the draft.', cause);
      }
    },
    remove: (id, page) => storage.removeItem(keyOf(id, page)),
  };
}

/** Earlier versions of the dashboard had one for all pages. */
const EARLIER = '';
