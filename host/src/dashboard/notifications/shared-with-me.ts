import type { LayoutSummary } from '@datamesh/contracts';
import { api, ask } from '../../api/client';
import type { OpenDashboard } from '../open-dashboard';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** As many as one answer may have. */
const MAX_LAYOUTS = 200;
/** Remembered at most: more than that nobody shares with one person. */
const KNOWN = 1_000;

/** Looks what others have shared with this person by name, and notes what is new since this browser looked last. */
export function watchShared(dashboard: OpenDashboard): void {
  void dashboard.attempt(look(dashboard), undefined, 'silent');
}

async function look({ store, notifications }: OpenDashboard): Promise<void> {
  const { items } = await ask(api.GET('/layouts', { params: { query: { scope: 'shared', limit: MAX_LAYOUTS } } }));
  const { user } = store.getSnapshot().session;
  for (const { id, title, ownerName } of takeNew(user.id, items, localStorage))
    notifications.note({ kind: 'shared', topic: `shared ${id}`, fact: '', values: { layout: id, title, by: ownerName } });
}

/** Those that this browser did not know of; the first time there is nothing to compare with, and nothing is new. */
export function takeNew<Layout extends Pick<LayoutSummary, 'id'>>(user: string, shared: readonly Layout[], storage: Kept): Layout[] {
  const key = `dm.shared.${user}`;
  const known = read(storage.getItem(key));
  const ids = [...new Set([...shared.map(({ id }) => id), ...(known ?? [])])];
  try {
    storage.setItem(key, JSON.stringify(ids.slice(0, KNOWN)));
  } catch (cause) {
    console.warn('This browser does not remember what is shared.', cause);
  }
  return known ? shared.filter(({ id }) => !known.has(id)) : [];
}

function read(text: string | null): Set<string> | undefined {
  try {
    const ids: unknown = JSON.parse(text ?? 'null');
    return Array.isArray(ids) ? new Set(ids.filter((id) => typeof id === 'string')) : undefined;
  } catch {
    // Written by something else: as good as nothing.
    return undefined;
  }
}
