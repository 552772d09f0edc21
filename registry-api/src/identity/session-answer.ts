import type { Department, Session } from '@datamesh/contracts';
import { type Caller, notSignedIn } from '../http/caller';

/** What GET /session says; also part of a pin's answer. */
export async function sessionAnswer(caller: Caller, departmentsOf: (caller: Caller) => Promise<Department[]>): Promise<Session> {
  if (caller.kind !== 'user') throw notSignedIn();
  const { sub, name, roles, departments, teams, auth_time } = caller.claims;
  return {
    user: { id: sub, name, roles, departments, teams },
    departments: await departmentsOf(caller),
    authenticatedAt: new Date(auth_time * 1000).toISOString(),
  };
}
