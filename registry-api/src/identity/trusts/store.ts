import type { Pending, PendingSource } from '../../events/pending';
import type { Trust } from './trust';

/** `about` is written with the change, at once. */
export interface TrustStore extends PendingSource {
  add(trust: Trust, about: readonly Pending[]): Promise<void>;
  find(id: string): Promise<Trust | null>;
  /** false: it was not there. */
  remove(id: string, about: readonly Pending[]): Promise<boolean>;
  /** The oldest first. */
  ofTeam(team: string): Promise<Trust[]>;
  ofIssuer(issuer: string): Promise<Trust[]>;
}
