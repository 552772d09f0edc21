/** Who sends events: whoever is signed in by the edge's token, for as long as their session lives. */
import type { Caller, Callers } from './callers';
import { KeptAnswers } from './kept-answers';

export interface SendersOptions {
  registryUrl: string;
  now(): number;
  /** Milliseconds for which an answer is kept: so long after its end a session is still counted. */
  freshFor?: number;
  /** Milliseconds that an event waits for registry-api. */
  timeout?: number;
}

const OVER: Caller = { kind: 'nobody', why: 'This session is over. Sign in to the dashboard again.' };

export class Senders {
  private readonly alive: KeptAnswers<boolean>;

  constructor(
    private readonly callers: Pick<Callers, 'identify'>,
    { registryUrl, now, freshFor = 5000, timeout = 1000 }: SendersOptions,
  ) {
    const ask = async (authorization: string): Promise<boolean> => {
      // Where nobody can say, the token alone counts, as its keys are kept for a day: an outage must not stop the counting.
      const answer = await fetch(`${registryUrl}/internal/v1/session`, {
        headers: { authorization },
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      }).catch(() => null);
      await answer?.body?.cancel();
      return answer?.status !== 401;
    };
    this.alive = new KeptAnswers(ask, { now, freshFor });
  }

  async identify(authorization: string | undefined): Promise<Caller> {
    const caller = await this.callers.identify(authorization);
    if (caller.kind !== 'user' || authorization === undefined) return caller;
    return (await this.alive.of(authorization)) ? caller : OVER;
  }
}
