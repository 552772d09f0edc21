/** What people call layouts and panels. Figures know them by ids, which say nothing to anybody. */
import type { LayoutTitles } from '@datamesh/contracts';
import { fetchJson } from '@datamesh/widget-sdk';
import { writable } from 'svelte/store';

export interface Named {
  /** By id; null: gone, or not for this reader. Those that nobody asked for are missing. */
  layouts: ReadonlyMap<string, LayoutTitles | null>;
}

/** For all usage widgets of the page. */
export const named = writable<Named>({ layouts: new Map() });

const known = new Map<string, { titles: LayoutTitles | null; at: number }>();
/** Titles change; what was learnt is asked again after a while. */
const FRESH_MS = 300_000;
/** What one question takes. */
const AT_ONCE = 50;
const ID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Asks for the titles of layouts that are not known yet. Rejects with DataError. */
export async function learn(ids: Iterable<string>, signal: AbortSignal, now = Date.now()): Promise<Named> {
  const wanted = [...new Set(ids)].filter((id) => ID.test(id) && now - (known.get(id)?.at ?? Number.NEGATIVE_INFINITY) > FRESH_MS);
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const asked = wanted.slice(from, from + AT_ONCE);
    const query = asked.map((id) => `id=${id}`).join('&');
    const { items } = await fetchJson<{ items: LayoutTitles[] }>(`/api/v1/layout-titles?${query}`, signal);
    for (const id of asked) known.set(id, { titles: items.find((item) => item.id === id) ?? null, at: now });
  }
  const all: Named = { layouts: new Map([...known].map(([id, { titles }]) => [id, titles])) };
  if (wanted.length > 0) named.set(all);
  return all;
}
