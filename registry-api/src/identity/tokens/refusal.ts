import { notSignedIn } from '../../http/caller';
import { type Problem, problem } from '../../http/problem';
import type { TokenRefusal } from '../roles';

/** Where a person gets a token. */
export const newTokenPath = '/api/v1/session/tokens/new';
/** Where a person sees and revokes theirs. */
export const tokenListPath = '/api/v1/session/tokens';

export const tokenScope = (): Problem =>
  problem(
    400,
    'token_scope',
    'Say whose token it is: `team` for one that publishes widgets, or `department` for one that keeps layouts, not both',
  );

/** `whose`: the team or department; undefined when none was asked for, as by whoever is a member of none. */
export function refusalProblem(refusal: TokenRefusal, whose?: string): Problem {
  switch (refusal) {
    case 'session_unknown':
      return notSignedIn();
    case 'session_required':
      return problem(403, refusal, 'This needs a signed-in person, not a token');
    case 'role_required':
      return problem(403, refusal, 'Publish tokens need the role publisher or admin');
    case 'team_unknown': {
      const membership = whose === undefined ? 'You are a member of no team' : `You are no member of a team "${whose}"`;
      return problem(403, refusal, `${membership}; ask whoever keeps the teams at your issuer`);
    }
    case 'layouts_role_required':
      return problem(403, 'role_required', 'A token for the layouts of a department needs the role power-user there, or admin');
    case 'department_not_yours':
      return problem(403, refusal, whose === undefined ? 'You belong to no department' : `You do not belong to the department "${whose}"`);
    case 'fresh_sign_in_required':
      return problem(403, refusal, `People get a token by signing in for it, just then: open ${newTokenPath} in a browser`);
  }
}
