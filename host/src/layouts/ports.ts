import type { Draft, Layout, LayoutAnswer, LayoutContent, Overlay } from '@datamesh/contracts';

/** The calls a layout session makes; each throws ApiProblem. */
export interface LayoutCalls {
  load(id: string): Promise<LayoutAnswer>;
  revision(id: string, revision: number): Promise<Layout>;
  /** Throws `revision_stale` with the current layout when somebody saved in between. */
  save(id: string, content: LayoutContent, revision: number, message?: string): Promise<Layout>;
  /** As `save`, of a copy that has taken in its original up to that revision; its title stays. Throws `upstream_unknown` where the original cannot be seen any more. */
  pull(id: string, content: LayoutContent, revision: number, taken: number, message?: string): Promise<Layout>;
  create(content: LayoutContent): Promise<Layout>;
  clone(id: string, body: { title?: string; content?: LayoutContent }): Promise<Layout>;
  /** Into the bin. */
  remove(id: string): Promise<void>;
  /** Null when there is none. */
  draft(id: string): Promise<Draft | null>;
  /** In place of the state with that tag, null: where there is none; answers with its own. Throws `draft_stale` where it is another state. */
  putDraft(id: string, draft: Edited & Pick<Draft, 'line'>, tag: string | null): Promise<string>;
  /** Throws `draft_stale` as putDraft. */
  removeDraft(id: string, tag: string): Promise<void>;
  /** Sets these, and answers with all of them. `leaving`: the page goes away, the request must outlive it. */
  changeMine(id: string, change: Overlay, leaving: boolean): Promise<Overlay>;
  removeMine(id: string): Promise<void>;
}

/** What is edited on a page, and of what. */
export type Edited = Pick<Draft, 'base' | 'content' | 'taken'>;

/** What a page has not saved. */
export interface Unsaved extends Draft {
  /** Which page's; missing: the server's, which is of all of them. */
  page?: string;
}

/** Drafts in this browser, for as long as the server has not got them: one of each page, so that none overwrites another's. */
export interface LocalDrafts {
  /** Of all pages. */
  read(id: string): LocalDraft[];
  write(id: string, draft: LocalDraft): void;
  remove(id: string, page: string): void;
}

export type LocalDraft = Unsaved & { page: string };

/** What somebody who only looks has set, in this browser. */
export interface LocalMine {
  /** Settings that the server has not got, of any page of this browser. */
  unsent(id: string): Overlay | null;
  add(id: string, change: Overlay): void;
  /** The server has these: they go, unless they were set anew since. */
  settle(id: string, sent: Overlay): void;
  /** Filters, which the server never gets. */
  look(id: string): LayoutContent['filters'] | null;
  keepLook(id: string, filters: LayoutContent['filters'] | null): void;
}

export interface Clock {
  now(): number;
  /** Calls once after so many milliseconds; answers with how to call it off. */
  schedule(milliseconds: number, run: () => void): () => void;
}

export const browserClock: Clock = {
  now: Date.now,
  schedule(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
