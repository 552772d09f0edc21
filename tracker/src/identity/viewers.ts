/** What of the dashboard a person may see: registry-api knows, who may have changed it a moment ago, and whether the session still is. */
import { ProblemError } from '../http/problem';

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

interface Kept {
  answer: Promise<Viewer>;
  /** null while registry-api is being asked. */
  since: number | null;
}

const MOST = 5000;

export const signedOut = (): ProblemError =>
  new ProblemError(401, 'not_signed_in', 'This session is over. Sign in to the dashboard again.');

function unavailable(cause: unknown): ProblemError {
  const detail = 'registry-api, which knows who may see what, does not answer at the moment. Try again in a few seconds.';
  return Object.assign(new ProblemError(503, 'identity_unavailable', detail), { cause });
}

export class Viewers {
  /** By token, oldest first: a page asks several questions at once, with the same one. */
  private readonly kept = new Map<string, Kept>();
  private readonly options: Required<ViewersOptions>;

  constructor(options: ViewersOptions) {
    this.options = { freshFor: 5000, timeout: 5000, ...options };
  }

  /** `authorization` has been verified already. 401 `not_signed_in` when its session is over, 503 when that cannot be known. */
  async of(authorization: string): Promise<Viewer> {
    const known = this.kept.get(authorization);
    if (known && (known.since === null || this.options.now() - known.since < this.options.freshFor)) return known.answer;
    const kept: Kept = { answer: this.ask(authorization), since: null };
    this.keep(authorization, kept);
    kept.answer.then(
      () => {
        kept.since = this.options.now();
      },
      () => {
        // An error is for those who waited for it; the next one asks again.
        if (this.kept.get(authorization) === kept) this.kept.delete(authorization);
      },
    );
    return kept.answer;
  }

  private async ask(authorization: string): Promise<Viewer> {
    const response = await fetch(`${this.options.registryUrl}/internal/v1/viewer`, {
      headers: { authorization },
      redirect: 'error',
      signal: AbortSignal.timeout(this.options.timeout),
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

  private keep(authorization: string, kept: Kept): void {
    this.kept.delete(authorization);
    const oldest = this.kept.keys().next();
    if (this.kept.size >= MOST && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(authorization, kept);
  }
}
