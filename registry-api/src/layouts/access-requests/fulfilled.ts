/** Requests for what was given in another way: by name, to a department, to the company, or by the asker's joining a department. */
import { randomUUID } from 'node:crypto';
import { isoTime } from '../../clock';
import type { PendingEvent } from '../../events/pending';
import { setUpActor } from '../../http/caller';
import { mayEdit, mayView, type Person } from '../access';
import type { LayoutsContext } from '../context';
import type { LayoutHead } from '../layout';
import type { AccessRequestRecord } from './store';

const day = 86_400_000;
/** How long one that was declined keeps the same person from asking again, milliseconds. */
export const answeredFor = 7 * day;

/** For whoever answers that owner's requests. */
export const requestsChanged = (owner: string, at: string): PendingEvent => ({
  id: randomUUID(),
  type: 'access-requests.changed',
  at,
  data: {},
  audience:
    owner === setUpActor ? { kind: 'users', users: [], departments: [], admins: true } : { kind: 'users', users: [owner], departments: [] },
});

/** By `user:<id>`, as they signed in last. */
export async function askersOf(
  { people }: Pick<LayoutsContext, 'people'>,
  requests: readonly Pick<AccessRequestRecord, 'by'>[],
): Promise<Map<string, Person>> {
  const known = await people.find([...new Set(requests.map(({ by }) => by.slice('user:'.length)))]);
  return new Map(
    known.map(({ id, name, roles, departments }) => [
      `user:${id}`,
      { user: `user:${id}`, name, admin: roles?.includes('admin') ?? false, roles: roles ?? [], departments },
    ]),
  );
}

export function isFulfilled(head: LayoutHead, { by, name, may }: AccessRequestRecord, askers: ReadonlyMap<string, Person>): boolean {
  const asker = askers.get(by) ?? { user: by, name, admin: false, roles: [], departments: [] };
  return (may === 'edit' ? mayEdit : mayView)(head, asker);
}

/** Closes those that a layout's new sharing has answered. A crash before it leaves requests that no list shows. */
export async function closeFulfilled(
  context: Pick<LayoutsContext, 'accessRequests' | 'people' | 'clock' | 'wakeRelay'>,
  head: LayoutHead,
): Promise<void> {
  const { accessRequests, clock } = context;
  const waiting = await accessRequests.ofLayout(head.id, clock());
  if (waiting.length === 0) return;
  const askers = await askersOf(context, waiting);
  for (const request of waiting.filter((one) => isFulfilled(head, one, askers)))
    await accessRequests.close(request.id, 'granted', clock() + answeredFor, [requestsChanged(request.owner, isoTime(clock))]);
  context.wakeRelay();
}
