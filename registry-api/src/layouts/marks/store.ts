/** `star`: to find it again; `opened`: looked at. */
export type MarkKind = 'star' | 'opened';

export interface Mark {
  layout: string;
  /** ISO 8601 */
  at: string;
}

/** What one person notes about layouts for themself; nobody else sees any of it. */
export interface MarkStore {
  /** Anew where there is one; beyond `most` the oldest of this kind go. */
  put(kind: MarkKind, user: string, mark: Mark, most: number): Promise<void>;
  /** Whether there was one. */
  remove(kind: MarkKind, user: string, layout: string): Promise<boolean>;
  /** The newest first. */
  list(kind: MarkKind, user: string): Promise<Mark[]>;
  /** Everybody's, when the layout is gone for ever. */
  removeLayout(layout: string): Promise<void>;
}
