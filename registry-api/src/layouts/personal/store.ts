import { randomUUID } from 'node:crypto';
import type { Draft, Overlay } from '@datamesh/contracts';

/** What one person keeps on a layout without changing it: settings of their own over it, and edits not yet saved. */
export interface PersonalStore {
  overlay(layout: string, user: string): Promise<Overlay | undefined>;
  putOverlay(layout: string, user: string, overlay: Overlay): Promise<void>;
  /**
   * What `change` makes of what is there; it is asked again where somebody wrote in between, so that of many at once none is lost. Undefined:
   * others were faster all the time.
   */
  changeOverlay(layout: string, user: string, change: (before: Overlay | undefined) => Promise<Overlay>): Promise<Overlay | undefined>;
  removeOverlay(layout: string, user: string): Promise<void>;
  draft(layout: string, user: string): Promise<Draft | undefined>;
  /** In place of the state with that tag; null: where there is none; undefined: of whatever there is. Answers with the new tag, undefined where it is another state. */
  putDraft(layout: string, user: string, draft: Draft, tag?: string | null): Promise<string | undefined>;
  /** False where it is another state than that of the tag. */
  removeDraft(layout: string, user: string, tag?: string): Promise<boolean>;
  /** Everybody's, when the layout is deleted. */
  removeLayout(layout: string): Promise<void>;
}

export type PersonalKind = 'overlay' | 'draft';

/** A text, and the mark of this state of it: another one has another, also when it says the same. Empty: of a version that marked none. */
export interface MarkedText {
  text: string;
  mark: string;
}

/** The store over plain operations on JSON texts, which is all that databases differ in here. */
export interface PersonalTexts {
  get(layout: string, user: string, kind: PersonalKind): Promise<MarkedText | undefined>;
  put(layout: string, user: string, kind: PersonalKind, next: MarkedText): Promise<void>;
  /** Only where the mark is still this one; null: where there is nothing. */
  replace(layout: string, user: string, kind: PersonalKind, mark: string | null, next: MarkedText): Promise<boolean>;
  /** False where there is something with another mark; without a mark whatever there is. */
  remove(layout: string, user: string, kind: PersonalKind, mark?: string): Promise<boolean>;
  removeLayout(layout: string): Promise<void>;
}

/** Each time that one loses, another has won: a person has fewer pages that change settings at the same moment. */
const attempts = 20;

export function personalStore(texts: PersonalTexts): PersonalStore {
  const get = async <T>(layout: string, user: string, kind: PersonalKind): Promise<T | undefined> => {
    const found = await texts.get(layout, user, kind);
    return found === undefined ? undefined : (JSON.parse(found.text) as T);
  };
  const marked = (value: unknown): MarkedText => ({ text: JSON.stringify(value), mark: randomUUID() });
  return {
    overlay: (layout, user) => get<Overlay>(layout, user, 'overlay'),
    putOverlay: (layout, user, overlay) => texts.put(layout, user, 'overlay', marked(overlay)),
    async changeOverlay(layout, user, change) {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const before = await texts.get(layout, user, 'overlay');
        const next = await change(before && (JSON.parse(before.text) as Overlay));
        if (await texts.replace(layout, user, 'overlay', before?.mark ?? null, marked(next))) return next;
      }
      return undefined;
    },
    removeOverlay: async (layout, user) => void (await texts.remove(layout, user, 'overlay')),
    async draft(layout, user) {
      const found = await texts.get(layout, user, 'draft');
      return found && { ...(JSON.parse(found.text) as Draft), tag: found.mark };
    },
    async putDraft(layout, user, draft, tag) {
      const next = marked(draft);
      if (tag === undefined) await texts.put(layout, user, 'draft', next);
      else if (!(await texts.replace(layout, user, 'draft', tag, next))) return undefined;
      return next.mark;
    },
    removeDraft: (layout, user, tag) => texts.remove(layout, user, 'draft', tag),
    removeLayout: (layout) => texts.removeLayout(layout),
  };
}
