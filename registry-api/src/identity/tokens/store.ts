import type { TokenRecord } from './token';

export interface TokenStore {
  add(token: TokenRecord): Promise<void>;
  findByHash(hash: string): Promise<TokenRecord | undefined>;
  find(id: string): Promise<TokenRecord | undefined>;
  /** Not revoked ones, newest first; all of them, or one person's (`user:<id>`). */
  list(createdBy: string | undefined): Promise<TokenRecord[]>;
  /** False when it is unknown or was revoked before. */
  revoke(id: string, at: string): Promise<boolean>;
  used(id: string, at: string): Promise<void>;
}
