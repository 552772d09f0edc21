/** One visit: events of a visitor with less than 30 minutes between them. */
import { createHash } from 'node:crypto';

export interface Session {
  /** A hash of its visitor and first moment. */
  id: string;
  site: string;
  /** The visitor id its events carry: yesterday's, if it began before midnight. */
  visitor: string;
  first: number;
  last: number;
  /** Of a visit that a trusted sender told afterwards; the id says so as well. */
  past: boolean;
}

export const SESSION_GAP = 30 * 60_000;

export function beginSession(site: string, visitor: string, at: number, past: boolean): Session {
  const hash = createHash('sha256').update(`${site}/${visitor}/${at}`).digest('base64url').slice(0, 16);
  return { id: past ? `${hash}~` : hash, site, visitor, first: at, last: at, past };
}

/** A restart sees events without knowing who sent them: this tells it whether their session went by their own time. */
export const isPastSession = (id: string): boolean => id.endsWith('~');
