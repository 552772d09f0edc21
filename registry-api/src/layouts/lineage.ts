/** What layouts were copied from, and how many copies were made of them: a page of them in as many questions as one of them. */
import type { Lineage } from '@datamesh/contracts';
import { mayEdit, type Person, readersFor } from './access';
import type { LayoutsContext } from './context';
import type { LayoutHead } from './layout';
import { ownerIn, ownerNameOf } from './owner';

type Stores = Pick<LayoutsContext, 'layouts' | 'people'>;

/**
 * By the layout's id. The original is told to whoever may see it; that there was one, and how many copies a layout has, to whoever may edit the
 * layout: among few who see it, a count is a person. Which the copies are is told to nobody.
 */
export async function lineagesOf(stores: Stores, heads: readonly LayoutHead[], person: Person): Promise<Map<string, Lineage>> {
  const edited = heads.filter((head) => mayEdit(head, person)).map(({ id }) => id);
  const [originals, copies] = await Promise.all([
    originalsOf(stores, heads, person),
    edited.length > 0 ? stores.layouts.copies(edited) : null,
  ]);
  const told = new Set(edited);
  return new Map(
    heads.map(({ id, forkedFrom }) => {
      const original = (forkedFrom && originals.get(forkedFrom.layout)) ?? null;
      const copiedFrom = forkedFrom && (original || told.has(id)) ? { revision: forkedFrom.revision, original } : null;
      return [id, { copiedFrom, copies: told.has(id) ? (copies?.get(id) ?? 0) : null }];
    }),
  );
}

type Original = NonNullable<NonNullable<Lineage['copiedFrom']>['original']>;

async function originalsOf({ layouts, people }: Stores, heads: readonly LayoutHead[], person: Person): Promise<Map<string, Original>> {
  const ids = [...new Set(heads.flatMap(({ forkedFrom }) => (forkedFrom ? [forkedFrom.layout] : [])))];
  if (ids.length === 0) return new Map();
  const found = await layouts.list({ readers: readersFor(person), ids, after: null, limit: ids.length });
  const names = await people.names(found.map(ownerIn));
  return new Map(
    found.map((head) => [head.id, { layout: head.id, title: head.title, owner: head.owner, ownerName: ownerNameOf(head, names) }]),
  );
}
