/** A layout that is open as a tab, whether or not it is loaded yet. */
export interface SavedTab {
  id: string;
  title: string;
  /** Where it is: `/d/sales` for a pinned layout, else `/l/{id}`. */
  path: string;
}

export interface SavedTabs {
  tabs: SavedTab[];
  active: string | null;
}

const isTab = (value: unknown): value is SavedTab => {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, path } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof title === 'string' && typeof path === 'string' && path.startsWith('/');
};

/** Which layouts a person had open in this browser. */
export function readTabs(user: string, storage: Storage): SavedTabs {
  try {
    const { tabs, active } = JSON.parse(storage.getItem(keyOf(user)) ?? '{}') as Partial<SavedTabs>;
    return { tabs: Array.isArray(tabs) ? tabs.filter(isTab) : [], active: typeof active === 'string' ? active : null };
  } catch {
    // Written by something else: as good as nothing.
    return { tabs: [], active: null };
  }
}

export function writeTabs(user: string, saved: SavedTabs, storage: Storage): void {
  try {
    storage.setItem(keyOf(user), JSON.stringify(saved));
  } catch (cause) {
    console.warn('This browser does not remember the open layouts.', cause);
  }
}

const keyOf = (user: string): string => `dm.tabs.${user}`;
