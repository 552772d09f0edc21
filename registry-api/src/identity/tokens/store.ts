import type { Pending, PendingSource } from '../../events/pending';
import type { TokenRecord } from './token';

/** `about` is written with the change, at once. */
export interface TokenStore extends PendingSource {
  add(token: TokenRecord, about: readonly Pending[]): Promise<void>;
  findByHash(hash: string): Promise<TokenRecord | undefined>;
  find(id: string): Promise<TokenRecord | undefined>;
  /** Not revoked ones, newest first; all of them, or one person's (`user:<id>`). */
  list(createdBy: string | undefined): Promise<TokenRecord[]>;
  /** False when it is unknown or was revoked before. */
  revoke(id: string, at: string, about: readonly Pending[]): Promise<boolean>;
  used(id: string, at: string): Promise<void>;
}
