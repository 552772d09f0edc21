import type { Pending, PendingSource } from '../../events/pending';
import type { WantedErasure } from '../erasure/wanted';
import type { WantedToken } from '../tokens/token';
import type { SessionRecord } from './session';

/** What a sign-in is for when it is not for a session. Kept here, so that nobody can change it on the way. */
export type SignInPurpose =
  | ({ kind: 'token' } & WantedToken)
  | { kind: 'tokens'; token?: string | undefined }
  | ({ kind: 'erasure' } & WantedErasure);

/** A sign-in under way: what must be the same when the browser comes back. Single use, ten minutes. */
export interface SignInRecord {
  /** sha256 of cookie and state together: neither alone finds it. */
  hash: string;
  nonce: string;
  verifier: string;
  returnTo: string;
  fresh: boolean;
  purpose?: SignInPurpose;
  startedAt: number;
  until: number;
}

/** Sessions and sign-ins under way. `about` is written with the change, at once. Expiry is a condition of every read; sweeping only frees space. */
export interface SessionStore extends PendingSource {
  add(session: SessionRecord, about: readonly Pending[]): Promise<void>;
  find(hash: string, now: number): Promise<SessionRecord | undefined>;
  /** By public id, for streams that must end with their session. */
  findBySid(sid: string, now: number): Promise<SessionRecord | undefined>;
  /** Those that began with the issuer's session of that name. */
  ofIssuerSession(issuerSid: string, now: number): Promise<SessionRecord[]>;
  ofPerson(user: string, now: number): Promise<SessionRecord[]>;
  touch(hash: string, change: { lastSeenAt: number; idleUntil: number }): Promise<void>;
  /** The session that was removed. Of two that remove it at once, one gets it. */
  remove(hash: string, about: (removed: SessionRecord) => readonly Pending[]): Promise<SessionRecord | undefined>;
  /**
   * Anybody may begin a sign-in, so there are at most `most`: those that are nearest to their end make room. A cookie would hold them without
   * any state here, but neither a `return_to` as long as the contract allows, nor that each is used once.
   */
  beginSignIn(record: SignInRecord, most: number): Promise<void>;
  /** Hands the record out once and forgets it. */
  takeSignIn(hash: string, now: number): Promise<SignInRecord | undefined>;
  /** Drops what has expired. */
  sweep(now: number): Promise<void>;
}
