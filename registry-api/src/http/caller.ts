/** Who makes a request. The identity room's `authenticate` middleware fills `req.caller`; rooms ask with the functions below. */
import type { ServiceClaims } from '@datamesh/contracts';
import type { Request } from 'express';
import type { Asking } from '../audit/audit';
import { problem } from './problem';

export type Caller =
  | { kind: 'user'; claims: ServiceClaims }
  /** Publishes for a team. */
  | { kind: 'token'; id: string; team: string; createdBy: string }
  /** Keeps the layouts of a department. */
  | { kind: 'layout-token'; id: string; name: string; department: string }
  | { kind: 'bootstrap' }
  /** A pod or a CI job: what it may do is what teams trust it with. */
  | { kind: 'workload'; issuer: string; subject: string; claims: Record<string, unknown> }
  | { kind: 'nobody' };

declare global {
  namespace Express {
    interface Request {
      requestId: string;
      /** The contract checks the answer of this request. */
      answerIsChecked?: boolean;
      caller: Caller;
    }
  }
}

export const notSignedIn = () =>
  problem(401, 'session_unknown', 'Sign in again: this request carries no valid session or token', {
    headers: { 'www-authenticate': 'Bearer' },
  });

/** The signed-in person's claims; 401 for nobody, 403 for tokens. */
export function requireUser(req: Request): ServiceClaims {
  if (req.caller.kind === 'user') return req.caller.claims;
  if (req.caller.kind === 'nobody') throw notSignedIn();
  throw problem(403, 'session_required', 'This needs a signed-in person, not a token');
}

/** The publish token's team and id; widgets are trusted code in the page, so a session alone never publishes. */
export function requirePublishToken(req: Request): { id: string; team: string; createdBy: string } {
  if (req.caller.kind === 'token') return req.caller;
  if (req.caller.kind === 'nobody') throw notSignedIn();
  throw problem(
    403,
    'bearer_token_required',
    'Use a publish token (dmp_…) of the owning team as bearer token; people get one at /api/v1/session/tokens/new',
  );
}

export function requireAdmin(req: Request): ServiceClaims {
  const claims = requireUser(req);
  if (!claims.roles.includes('admin')) throw problem(403, 'role_required', 'This needs the role admin');
  return claims;
}

/** What the audit log keeps of a request. */
export const askingOf = ({ caller, ip, requestId }: Pick<Request, 'caller' | 'ip' | 'requestId'>): Asking => ({
  actor: actorOf(caller),
  from: ip ?? null,
  requestId,
});

/** Under which whoever has the bootstrap secret acts, and what a service does by itself. */
export const setUpActor = 'user:system';

/** The name under which the audit log keeps a caller. */
export function actorOf(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
      return `user:${caller.claims.sub}`;
    case 'token':
    case 'layout-token':
      return `token:${caller.id}`;
    case 'bootstrap':
      return setUpActor;
    case 'workload':
      return `workload:${caller.issuer}#${caller.subject}`;
    case 'nobody':
      return 'nobody';
  }
}
