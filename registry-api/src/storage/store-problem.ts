/** What a store's own errors mean to whoever made the request. */
import { type Problem, problem } from '../http/problem';
import type { Storage } from './storage';

/**
 * A disk that takes no more. SQLite says FULL (13), and has no better word than IOERR_WRITE (778) and IOERR_SHMSIZE (4874) where a limit or
 * quota ends what it writes, or keeps its shared memory file from growing; 14031 is MongoDB's OutOfDiskSpace.
 */
const full = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG', 'sqlite 13', 'sqlite 778', 'sqlite 4874', 14031]);

/** A MongoDB that is stopping, has no primary or cuts the line, and SQLite held by another process for too long (BUSY and its kinds). */
const away = new Set<unknown>([
  91,
  189,
  10107,
  11600,
  11602,
  13435,
  13436,
  'sqlite 5',
  'sqlite 261',
  'sqlite 517',
  'sqlite 773',
  'EPIPE',
  'ECONNRESET',
]);

/** By name: the driver that mongoose brings need not be the copy that this file would import. */
const unreachable = /^(Mongo\w*|Pool)(Selection|Network|NotConnected|Topology|Pool|Cleared|Session|Closed|Timeout)\w*Error$/;

export const storeUnavailable = (): Problem =>
  problem(503, 'store_unavailable', 'The registry’s store does not answer; try again in a few seconds', {
    headers: { 'retry-after': '2' },
  });

/** Throws at once where it is known that the store cannot be asked. */
export function refuseAway(storage: Pick<Storage, 'isAway'>): void {
  if (storage.isAway()) throw storeUnavailable();
}

/** null: no error of a store that whoever asks could be told of. */
export function storeProblemOf(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null) return null;
  const { cause } = error as { cause?: unknown };
  const code = codeOf(error);
  if (full.has(code)) return problem(507, 'storage_full', 'The registry’s disk takes no more; nothing was changed. Tell an admin');
  if (away.has(code) || (error instanceof Error && unreachable.test(error.name))) return storeUnavailable();
  return cause === error ? null : storeProblemOf(cause);
}

/** Node gives all errors of SQLite one code, and SQLite's own, extended, beside it. */
const codeOf = ({ code, errcode }: { code?: unknown; errcode?: unknown }): unknown =>
  code === 'ERR_SQLITE_ERROR' ? `sqlite ${errcode}` : code;
