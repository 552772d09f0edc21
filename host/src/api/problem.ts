import type { Binned, Layout, Problem } from '@datamesh/contracts';
import { i18n } from '../language/i18n';
import { problemWords } from '../language/localized-problems';

/** The edge, of a service that does not answer: its text names the service, for whoever runs it. */
const AWAY = ['upstream_unavailable', 'upstream_timeout', 'unreachable'];

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
  /** With `layout_binned`: since when, and whether one may restore it. */
  readonly binned: Binned | undefined;
  /** With `layout_unknown`: since when one has asked for access to it, ISO 8601. */
  readonly requestedAt: string | undefined;
  /** Milliseconds that the server asks for before another try; 0 when it says nothing. */
  readonly retryAfter: number;

  constructor(
    problem: Partial<Problem> & { current?: Layout; binned?: Binned; requestedAt?: string; retryAfter?: number },
    options?: { cause?: unknown },
  ) {
    super(wordsFor(problem), options);
    this.status = problem.status ?? 0;
    this.code = problem.code ?? 'unexpected_answer';
    this.title = problem.title ?? i18n.t('Something went wrong');
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
    this.current = problem.current;
    this.binned = problem.binned;
    this.requestedAt = problem.requestedAt;
    this.retryAfter = problem.retryAfter ?? 0;
  }

  /** No answer came, or only that of a server whose service behind it is away. */
  get isOffline(): boolean {
    return AWAY.includes(this.code);
  }

  /** Worth the same try again later; the others would only fail the same way. */
  get isTemporary(): boolean {
    return this.isOffline || this.status >= 500 || this.status === 429;
  }
}

export const unreachable = (cause: unknown): ApiProblem =>
  new ApiProblem({ code: 'unreachable', status: 0, title: i18n.t('No connection'), detail: silence(cause) }, { cause });

const silence = (cause: unknown): string =>
  cause instanceof DOMException && cause.name === 'TimeoutError'
    ? i18n.t('The server does not answer right now. Try again in a moment.')
    : i18n.t('The server could not be reached. Check the connection and try again.');

const wordsFor = ({ code, detail, title }: Partial<Problem>): string =>
  code?.startsWith('upstream_') && AWAY.includes(code)
    ? i18n.t('The server does not answer right now. Try again in a moment.')
    : (problemWords(code ?? '') ?? detail ?? title ?? i18n.t('The request failed.'));

export const asProblem = (cause: unknown): ApiProblem =>
  cause instanceof ApiProblem ? cause : new ApiProblem({ title: i18n.t('Something went wrong'), detail: String(cause) }, { cause });
