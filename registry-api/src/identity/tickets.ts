import type { ServiceClaims, User } from '@datamesh/contracts';
import type { Request } from 'express';
import { type Problem, problem } from '../http/problem';
import type { ServiceTokens, TicketAudience } from './keys/service-token';
import { isFresh } from './roles';
import type { SignedIn } from './sign-in/sign-in';

/**
 * What a page shows that somebody has just signed in for, can be done from that page for so long, in seconds. The ticket stands in the page's
 * form; the page is sandboxed, so neither a widget nor the window that opened it can read it. No session comes with it.
 */
const ticketSeconds = 600;

export interface Tickets {
  /** For who has signed in just now; 403 `fresh_sign_in_required` when that was some time ago. */
  give(signedIn: Pick<SignedIn, 'user' | 'authTime'>, audience: TicketAudience, now: number): Promise<string>;
  /** Who sent the form that the ticket stood in; 403 `ticket_over` without one. */
  take(req: Request, audience: TicketAudience): Promise<ServiceClaims>;
}

export function createTickets(serviceTokens: ServiceTokens): Tickets {
  return {
    async give({ user, authTime }, audience, now) {
      if (!isFresh(authTime, Math.floor(now / 1000)))
        throw problem(403, 'fresh_sign_in_required', 'This needs a sign-in made for it, just then; begin again');
      return (await serviceTokens.sign(claimsOf(user, authTime), audience, now + ticketSeconds * 1000, ticketSeconds)).token;
    },
    async take(req, audience) {
      const { ticket } = req.body as { ticket: string };
      const claims = await serviceTokens.verify(ticket, audience);
      if (!claims) throw ticketOver();
      return claims;
    },
  };
}

const ticketOver = (): Problem => problem(403, 'ticket_over', 'This page was open for too long; begin again, with a new sign-in');

/** Without a session: `sid` names none. */
const claimsOf = ({ id, name, roles, departments, teams }: User, authTime: number): ServiceClaims => ({
  sub: id,
  name,
  roles,
  departments,
  teams,
  sid: '',
  auth_time: authTime,
});
