import type { LayoutContent, Overlay } from '@datamesh/contracts';
import { overlaid } from '@datamesh/layout';
import type { LocalMine } from './ports';

/** Of settings that the server has not got. */
const UNSENT = 'dm.unsent.';
/** Of filters, which are never sent. */
const LOOK = 'dm.look.';
/** Milliseconds. What lies here for longer may be older than what was set elsewhere since. */
const GOOD_FOR = 24 * 3_600_000;
const always = (): boolean => true;

interface Kept {
  at: number;
  overlay: Overlay;
}

/**
 * Settings in `storage`, per person and layout, for all pages of this browser; filters in `tab`, which a reload keeps and another page does not see. A
 * browser that refuses (private mode, full) leaves them to the page alone.
 */
export function localMine(user: string, storage: Storage, tab: Storage, now: () => number): LocalMine {
  const unsentOf = (id: string): string => `${UNSENT}${user}.${id}`;
  const lookOf = (id: string): string => `${LOOK}${user}.${id}`;
  const unsent = (id: string): Overlay | null => {
    const kept = read<Kept>(storage, unsentOf(id));
    return kept?.overlay?.panels && now() - kept.at < GOOD_FOR ? kept.overlay : null;
  };
  const write = (id: string, overlay: Overlay): void => {
    if (Object.keys(overlay.panels).length === 0) storage.removeItem(unsentOf(id));
    else keep(storage, unsentOf(id), { at: now(), overlay } satisfies Kept);
  };
  return {
    unsent,
    add: (id, change) => write(id, overlaid(unsent(id), change, always)),
    settle: (id, sent) => write(id, without(unsent(id) ?? { panels: {} }, sent)),
    look: (id) => read<NonNullable<LayoutContent['filters']>>(tab, lookOf(id)),
    keepLook: (id, filters) => (filters ? keep(tab, lookOf(id), filters) : tab.removeItem(lookOf(id))),
  };
}

/** Once somebody signs out: of whomever. */
export function forgetMine(...storages: Storage[]): void {
  for (const storage of storages)
    for (const key of Object.keys(storage)) if (key.startsWith(UNSENT) || key.startsWith(LOOK)) storage.removeItem(key);
}

/** What of it is not as it was sent: another page may have set it anew since. */
export function without(overlay: Overlay, sent: Overlay): Overlay {
  const panels = Object.entries(overlay.panels).flatMap(([panel, { settings }]) => {
    const was = sent.panels[panel]?.settings ?? {};
    const left = Object.entries(settings).filter(([name, value]) => !(name in was && JSON.stringify(was[name]) === JSON.stringify(value)));
    return left.length > 0 ? [[panel, { settings: Object.fromEntries(left) }] as const] : [];
  });
  return { panels: Object.fromEntries(panels) };
}

function read<T>(storage: Storage, key: string): T | null {
  const text = storage.getItem(key);
  if (!text) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    // Half-written by a browser that was killed: of no use to anybody.
    storage.removeItem(key);
    return null;
  }
}

function keep(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch (cause) {
    console.warn('This browser keeps no copy of what was set here.', cause);
  }
}
