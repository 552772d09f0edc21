import type { Draft, Overlay } from '@datamesh/contracts';

/** What one person keeps on a layout without changing it: settings of their own over it, and edits not yet saved. */
export interface PersonalStore {
  overlay(layout: string, user: string): Promise<Overlay | undefined>;
  putOverlay(layout: string, user: string, overlay: Overlay): Promise<void>;
  removeOverlay(layout: string, user: string): Promise<void>;
  draft(layout: string, user: string): Promise<Draft | undefined>;
  putDraft(layout: string, user: string, draft: Draft): Promise<void>;
  removeDraft(layout: string, user: string): Promise<void>;
  /** Everybody's, when the layout is deleted. */
  removeLayout(layout: string): Promise<void>;
}

export type PersonalKind = 'overlay' | 'draft';

/** The store over three plain operations on JSON texts, which is all that databases differ in here. */
export interface PersonalTexts {
  get(layout: string, user: string, kind: PersonalKind): Promise<string | undefined>;
  put(layout: string, user: string, kind: PersonalKind, text: string): Promise<void>;
  remove(layout: string, user: string, kind: PersonalKind): Promise<void>;
  removeLayout(layout: string): Promise<void>;
}

export function personalStore(texts: PersonalTexts): PersonalStore {
  const get = async <T>(layout: string, user: string, kind: PersonalKind): Promise<T | undefined> => {
    const text = await texts.get(layout, user, kind);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  };
  return {
    overlay: (layout, user) => get<Overlay>(layout, user, 'overlay'),
    putOverlay: (layout, user, overlay) => texts.put(layout, user, 'overlay', JSON.stringify(overlay)),
    removeOverlay: (layout, user) => texts.remove(layout, user, 'overlay'),
    draft: (layout, user) => get<Draft>(layout, user, 'draft'),
    putDraft: (layout, user, draft) => texts.put(layout, user, 'draft', JSON.stringify(draft)),
    removeDraft: (layout, user) => texts.remove(layout, user, 'draft'),
    removeLayout: (layout) => texts.removeLayout(layout),
  };
}
