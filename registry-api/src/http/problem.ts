/** Errors are typed values; what leaves of them is in problem-answers.ts. */

export interface ProblemExtras {
  /** Places in what was sent, each with a JSON pointer. */
  errors?: { path: string; message: string }[];
  /** Further members of the answer, such as `current` of a 412. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Thrown anywhere below a route; `code` is stable, `detail` tells a person what to do next. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
  }
}

export const problem = (status: number, code: string, detail: string, extras?: ProblemExtras): Problem =>
  new Problem(status, code, detail, extras);
