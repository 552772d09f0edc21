import type { ServiceClaims } from '@datamesh/contracts';
import { personOf, readersFor } from './access';
import type { LayoutHead } from './layout';
import type { LayoutStore, ListPosition } from './store';

const page = 500;
/** More would make every question about figures too long; the most recently updated ones count. */
const most = 5000;

/** Ids of the layouts that a person may open, most recently updated first, and of those that are their own. */
export async function layoutsVisibleTo(layouts: LayoutStore, claims: ServiceClaims): Promise<{ layouts: string[]; own: string[] }> {
  const person = personOf({ kind: 'user', claims });
  const found: LayoutHead[] = [];
  let after: ListPosition | null = null;
  do {
    const next: LayoutHead[] = await layouts.list({ readers: readersFor(person), after, limit: page });
    found.push(...next);
    const last = next.at(-1);
    after = last && next.length === page ? { updatedAt: last.updatedAt, id: last.id } : null;
  } while (after && found.length < most);
  return { layouts: found.map(({ id }) => id), own: found.filter(({ owner }) => owner === person.user).map(({ id }) => id) };
}
