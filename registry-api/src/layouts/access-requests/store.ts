import type { Pending, PendingSource } from '../../events/pending';

/** Somebody asks the owner of a layout for access. */
export interface AccessRequestRecord {
  id: string;
  layout: string;
  /** `user:<id>`; of a layout that there is not `nobody` */
  owner: string;
  /** `user:<id>` */
  by: string;
  name: string;
  may: 'view' | 'edit';
  note?: string;
  /** ISO 8601. */
  at: string;
  /** Milliseconds since the epoch, when it is forgotten. */
  until: number;
}

/**
 * Requests for access, one for each layout and person. What is past its end is not there for anybody; room for it is freed by the next request.
 */
export interface AccessRequestStore extends PendingSource {
  /**
   * Takes the place of an earlier one; `refused` while one that was declined is still remembered, which then is as old as this one. Of those for one
   * layout the newest `most` stay.
   */
  ask(request: AccessRequestRecord, limits: { most: number; now: number }, about: readonly Pending[]): Promise<'asked' | 'refused'>;
  /** How many of this person wait. */
  waiting(by: string, now: number): Promise<number>;
  /** Those that wait for this owner, the oldest first. */
  forOwner(owner: string, now: number, limit: number): Promise<AccessRequestRecord[]>;
  /** Those that wait for one layout. */
  ofLayout(layout: string, now: number): Promise<AccessRequestRecord[]>;
  /** When somebody asked for a layout, ISO 8601: of what waits, and the same of what was declined and is remembered. */
  askedAt(layout: string, by: string, now: number): Promise<string | undefined>;
  /** One that waits. */
  find(id: string, now: number): Promise<AccessRequestRecord | undefined>;
  /** `declined` is remembered until then (milliseconds since the epoch); false when somebody else has answered it. */
  close(id: string, how: 'granted' | 'declined', until: number, about: readonly Pending[]): Promise<boolean>;
}
