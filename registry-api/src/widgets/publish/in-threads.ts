/** Examining and compressing, as the service asks for them: what a thread gives up is a refusal, what it refuses a Problem. */
import type { PublishTarget } from '@datamesh/publishing';
import { type Problem, problem } from '../../http/problem';
import { type Pool, Starved, TooCostly } from '../../workers/pool';
import type { Allowed } from './check-allowed';
import type { Compression, Variants } from './compress';
import type { Examination, ExaminationAnswer, Examined } from './examine';
import { limits } from './limits';
import { problemOf } from './refusal';

export async function examineIn(
  pool: Pool,
  upload: Uint8Array,
  asked: PublishTarget,
  allowed: Allowed,
  milliseconds = limits.examining,
): Promise<Examined> {
  const { sourcesAllowed } = allowed;
  const work: Examination = { upload, asked, allowed: { sourcesAllowed } };
  const answer = await pool.run<ExaminationAnswer>('examine', work, milliseconds).catch((error: unknown) => {
    if (error instanceof Starved) throw busy();
    if (!(error instanceof TooCostly)) throw error;
    throw problem(422, 'tarball_too_costly', 'Reading this tarball takes far more time or memory than an ordinary one; pack it anew');
  });
  if ('examined' in answer) return answer.examined;
  throw problemOf(answer.refusal);
}

export async function compressIn(pool: Pool, content: Uint8Array, quality: number): Promise<Variants> {
  // A copy: the file is a view of the whole upload, all of which would travel with it.
  const work: Compression = { content: new Uint8Array(content), quality };
  return pool.run<Variants>('compress', work, limits.compressing).catch((error: unknown) => {
    // Compressing is bounded by the file's size: where it does not end in time the machine has too much to do.
    throw error instanceof TooCostly || error instanceof Starved ? busy() : error;
  });
}

const busy = (): Problem =>
  problem(503, 'publishing_busy', 'The registry is too busy to take this now; publish again in a moment', {
    headers: { 'retry-after': '10' },
  });
