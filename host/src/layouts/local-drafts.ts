import type { Draft } from '@datamesh/contracts';
import type { LocalDrafts } from './ports';

/** In localStorage, per person. A browser that refuses (private mode, full) leaves the draft to the server alone. */
export function localDrafts(user: string, storage: Storage): LocalDrafts {
  const keyOf = (id: string): string => `dm.draft.${user}.${id}`;
  return {
    read(id) {
      const text = storage.getItem(keyOf(id));
      if (!text) return null;
      try {
        return JSON.parse(text) as Draft;
      } catch {
        // Half-written by a browser that was killed: of no use to anybody.
        storage.removeItem(keyOf(id));
        return null;
      }
    },
    write(id, draft) {
      try {
        storage.setItem(keyOf(id), JSON.stringify(draft));
      } catch (cause) {
        console.warn('This browser keeps no copy of the draft.', cause);
      }
    },
    remove: (id) => storage.removeItem(keyOf(id)),
  };
}
