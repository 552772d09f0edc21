import { notSignedIn } from '../../http/caller';
import { type Problem, problem } from '../../http/problem';
import type { TokenRefusal } from '../roles';

/** Where a person gets a publish token. */
export const newTokenPath = '/api/v1/session/tokens/new';
/** Where a person sees and revokes theirs. */
export const tokenListPath = '/api/v1/session/tokens';

/** `team`: undefined when none was asked for, as by whoever is a member of none. */
export function refusalProblem(refusal: TokenRefusal, team?: string): Problem {
  switch (refusal) {
    case 'session_unknown':
      return notSignedIn();
    case 'session_required':
      return problem(403, refusal, 'This needs a signed-in person, not a publish token');
    case 'role_required':
      return problem(403, refusal, 'Publish tokens need the role publisher or admin');
    case 'team_unknown': {
      const membership = team === undefined ? 'You are a member of no team' : `You are no member of a team "${team}"`;
      return problem(403, refusal, `${membership}; ask whoever keeps the teams at your issuer`);
    }
    case 'fresh_sign_in_required':
      return problem(403, refusal, `People get a publish token by signing in for it, just then: open ${newTokenPath} in a browser`);
  }
}
