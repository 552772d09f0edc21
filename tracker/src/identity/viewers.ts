/** What of the dashboard a person may see: registry-api knows, who may have changed it a moment ago, and whether the session still is. */
import { ProblemError } from '../http/problem';
import { KeptAnswers } from './kept-answers';

export interface Viewer {
  /** Layouts that the person may open. */
  layouts: readonly string[];
  /** Of these, their own. */
  own: ReadonlySet<string>;
  /** Widgets of the person's teams. */
  widgets: readonly string[];
}

export interface ViewersOptions {
  registryUrl: string;
  now(): number;
  /** Milliseconds for which an answer is kept: so long after its end a session still sees figures. */
  freshFor?: number;
  timeout?: number;
}

export const signedOut = (): ProblemError =>
  new ProblemError(401, 'not_signed_in', 'This session is over. Sign in to the dashboard again.');

function unavailable(cause: unknown): ProblemError {
  const detail = 'registry-api, which knows who may see what, does not answer at the moment. Try again in a few seconds.';
  return Object.assign(new ProblemError(503, 'identity_unavailable', detail), { cause });
}

export class Viewers {
  private readonly answers: KeptAnswers<Viewer>;

  constructor(private readonly options: ViewersOptions) {
    this.answers = new KeptAnswers((authorization) => this.ask(authorization), { now: options.now, freshFor: options.freshFor ?? 5000 });
  }

  /** `authorization` has been verified already. 401 `not_signed_in` when its session is over, 503 when that cannot be known. */
  of(authorization: string): Promise<Viewer> {
    return this.answers.of(authorization);
  }

  private async ask(authorization: string): Promise<Viewer> {
    const response = await fetch(`${this.options.registryUrl}/internal/v1/viewer`, {
      headers: { authorization },
      redirect: 'error',
      signal: AbortSignal.timeout(this.options.timeout ?? 5000),
    }).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    if (response.status === 401) throw signedOut();
    if (!response.ok) throw unavailable(`registry-api answered ${response.status}`);
    const { layouts, own, widgets } = (await response.json().catch((cause: unknown) => {
      throw unavailable(cause);
    })) as { layouts: string[]; own: string[]; widgets: string[] };
    return { layouts, own: new Set(own), widgets };
  }
}
