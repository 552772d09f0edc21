import type { Layout, Problem } from '@datamesh/contracts';

/** Everything that can go wrong with a call, by the server's stable code; `unreachable` when no answer came at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | undefined;
  readonly errors: NonNullable<Problem['errors']>;
  /** With `revision_stale`: the layout as it now is. */
  readonly current: Layout | undefined;

  constructor(problem: Partial<Problem> & { current?: Layout }, options?: { cause?: unknown }) {
    super(problem.detail ?? problem.title ?? 'The request failed.', options);
    this.status = problem.status ?? 0;
    this.code = problem.code ?? 'unexpected_answer';
    this.title = problem.title ?? 'Something went wrong';
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
    this.current = problem.current;
  }

  get isOffline(): boolean {
    return this.code === 'unreachable';
  }

  /** Worth the same try again later; the others would only fail the same way. */
  get isTemporary(): boolean {
    return this.isOffline || this.status >= 500 || this.status === 429;
  }
}

export const unreachable = (cause: unknown): ApiProblem =>
  new ApiProblem(
    {
      code: 'unreachable',
      status: 0,
      title: 'No connection',
      detail: 'The server could not be reached. Check the connection and try again.',
    },
    { cause },
  );

export const asProblem = (cause: unknown): ApiProblem =>
  cause instanceof ApiProblem ? cause : new ApiProblem({ title: 'Something went wrong', detail: String(cause) }, { cause });
