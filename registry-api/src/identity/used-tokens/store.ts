/** Remembers tokens of issuers that count once, each until it is over (milliseconds since the epoch). Of all processes on one store. */
export interface UsedTokens {
  /** false: it was used before. */
  use(issuer: string, jti: string, until: number): Promise<boolean>;
  isUsed(issuer: string, jti: string): Promise<boolean>;
}
