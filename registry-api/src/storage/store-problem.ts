/** What a store's own errors mean to whoever made the request. */
import { type Problem, problem } from '../http/problem';

/**
 * A disk that takes no more. SQLite has no better word than IOERR where a limit or quota ends what it writes, or keeps its shared memory file
 * from growing; 14031 is MongoDB's OutOfDiskSpace.
 */
const full = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE', 14031]);

/** null: no error of a store that whoever asks could be told of. */
export function storeProblemOf(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (full.has(code)) return problem(507, 'storage_full', 'The registry’s disk takes no more; nothing was changed. Tell an admin');
  return cause === error ? null : storeProblemOf(cause);
}
