/** Which pages show which layouts right now. A page that says nothing any more is over at `until`, and forgotten soon after. */

/** `looks`: may not edit it; `could-edit`: may, and does not now. */
export type Part = 'looks' | 'could-edit' | 'edits';

export interface PresentPage {
  /** Of one page of one session; says neither. */
  id: string;
  layout: string;
  /** `user:<id>` */
  user: string;
  part: Part;
  /** What is worked on right now, while editing. */
  panel: string | null;
  /** When it was last heard of, milliseconds since the epoch. */
  at: number;
  /** When it counts as closed unless it is heard of before. */
  until: number;
}

export interface PresenceStore {
  /** Writes what a page shows now, in place of what it showed; of its person's pages those that were heard of last stay, `most` of them. -> what it showed. */
  put(page: PresentPage, most: number): Promise<PresentPage | null>;
  /** Only where it shows that layout. -> whether it did. */
  remove(id: string, layout: string): Promise<boolean>;
  /** Pages of a layout that are not over at `now`: who edits first, then who could, each the last heard of first. */
  of(layout: string, now: number, limit: number): Promise<PresentPage[]>;
  /** Forgets those that are over. -> the layouts that they showed, sorted. */
  forget(now: number): Promise<string[]>;
}

/** As the stores sort and keep them. */
export const PARTS: readonly Part[] = ['looks', 'could-edit', 'edits'];
export const partAt = (rank: number): Part => PARTS[rank] ?? 'looks';
