import type { Department, Session } from '@datamesh/contracts';
import { type Caller, notSignedIn } from '../http/caller';

/** What GET /session says; also part of a pin's answer. */
export async function sessionAnswer(caller: Caller, departmentsOf: (caller: Caller) => Promise<Department[]>): Promise<Session> {
  if (caller.kind !== 'user') throw notSignedIn();
  const { sub, name, roles, departments, teams, auth_time, signed_in_at = 0 } = caller.claims;
  return {
    user: { id: sub, name, roles, departments, teams },
    departments: await departmentsOf(caller),
    // Not every issuer says when somebody proved who they are: then it is when they came here. Freshness never goes by that.
    authenticatedAt: new Date((auth_time || signed_in_at) * 1000).toISOString(),
  };
}
