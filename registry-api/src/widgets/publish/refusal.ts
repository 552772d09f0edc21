/** Why an upload is refused: always a problem with a stable code, and nothing of the upload becomes visible. */
import { type Problem, type ProblemExtras, problem } from '../../http/problem';

/** The archive itself cannot be read. */
export const malformed = (detail: string): Problem => problem(400, 'tarball_malformed', detail);

/** The archive is fine, its content is not. */
export const refused = (code: string, detail: string, errors?: ProblemExtras['errors']): Problem =>
  problem(422, code, detail, errors ? { errors } : {});

export const tooLarge = (detail: string): Problem => problem(413, 'tarball_too_large', detail);
