import type { JWK } from 'jose';

export interface SigningKey {
  kid: string;
  /** ES256, with its private part. */
  privateJwk: JWK;
  createdAt: string;
}

/** The key that service tokens are signed with. All replicas share it, so that each can verify what another one signed. */
export interface KeyStore {
  current(): Promise<SigningKey | undefined>;
  /** Keeps `key` unless there is one already, and answers the one that counts: of two that begin at once, one wins. */
  begin(key: SigningKey): Promise<SigningKey>;
}
