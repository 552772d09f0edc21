import type { LayoutSummary } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';
import type { Request, RequestHandler } from 'express';
import { encodeCursor, isPositionOf, pageOf } from '../http/page';
import { mayEdit, ownersFor, type Person, personOf, readersFor } from './access';
import { binnedFor } from './bin/bin';
import type { LayoutsContext } from './context';
import type { LayoutHead } from './layout';
import { lineagesOf } from './lineage';
import type { Mark } from './marks/store';
import { ownerIn, ownerNameOf } from './owner';
import { titleKey } from './search-words';
import type { ListPosition, ListQuery, TitlePosition } from './store';

/** Those that can be sorted; the others have an order of their own. */
type Sortable = 'mine' | 'shared' | 'department' | 'company' | 'all' | 'starred';
type Scope = Sortable | 'recent' | 'bin';

interface Listed {
  head: LayoutHead;
  /** Where it stands in this list. */
  position: ListPosition | TitlePosition;
  more?: Pick<LayoutSummary, 'binned' | 'openedAt'>;
}
type LibraryQuery = { words: string[]; limit: number } & (
  | { scope: Scope; sort: 'changed'; after: ListPosition | null }
  | { scope: Sortable; sort: 'title'; after: TitlePosition | null }
);

/** What the library lists, page by page. */
export function createListRoute(context: LayoutsContext): RequestHandler {
  const { layouts, marks, people } = context;

  async function find(person: Person, asked: LibraryQuery, starring: Promise<readonly Mark[]>): Promise<Listed[]> {
    if (asked.scope === 'recent') {
      const { words, after, limit } = asked;
      const opened = await marks.list('opened', person.user);
      const ids = opened.map(({ layout }) => layout);
      const found = await layouts.list({ readers: readersFor(person), ids, words, after: null, limit: ids.length });
      const heads = new Map(found.map((head) => [head.id, head]));
      return opened
        .filter(({ layout, at }) => !after || at < after.updatedAt || (at === after.updatedAt && layout < after.id))
        .flatMap(({ layout: id, at }) => {
          const head = heads.get(id);
          return head ? [{ head, position: { updatedAt: at, id }, more: { openedAt: at } }] : [];
        })
        .slice(0, limit);
    }
    if (asked.scope === 'bin') {
      const found = await layouts.listBinned({ owners: ownersFor(person), after: asked.after, limit: asked.limit });
      return found.map((layout) => ({
        head: layout.head,
        position: { updatedAt: layout.bin.at, id: layout.head.id },
        more: { binned: binnedFor(layout, person) },
      }));
    }
    const { scope, ...query } = asked;
    const stars = scope === 'starred' ? await starring : [];
    const scopes: Record<Sortable, Pick<ListQuery, 'readers' | 'owner' | 'notOwner' | 'departments' | 'ids'>> = {
      all: { readers: readersFor(person) },
      mine: { readers: null, owner: person.user },
      shared: { readers: [person.user], notOwner: person.user },
      department: { readers: readersFor(person), departments: person.departments },
      company: { readers: ['company'] },
      starred: { readers: readersFor(person), ids: stars.map(({ layout }) => layout) },
    };
    const found = await layouts.list({ ...scopes[asked.scope], ...query });
    return found.map((head) => {
      const { id, title, updatedAt } = head;
      return { head, position: asked.sort === 'title' ? { title: titleKey(title), id } : { updatedAt, id } };
    });
  }

  return async (req, res) => {
    const person = personOf(req.caller);
    const asked = askedIn(req);
    const { limit } = asked;
    const starring = marks.list('star', person.user);
    const [found, stars] = await Promise.all([find(person, { ...asked, limit: limit + 1 }, starring), starring]);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const heads = items.map(({ head }) => head);
    const [names, lineages] = await Promise.all([people.names(heads.map(ownerIn)), lineagesOf(context, heads, person)]);
    const starred = new Set(stars.map(({ layout }) => layout));
    res.json({
      items: items.map(({ head, more }) => ({
        ...summaryOf(head, person, names),
        lineage: lineages.get(head.id),
        starred: starred.has(head.id),
        ...more,
      })),
      next: found.length > limit && last ? encodeCursor(last.position) : null,
    });
  };
}

function askedIn(req: Request): LibraryQuery {
  const { scope, q, sort } = req.query as { scope: Scope; q?: string; sort: LibraryQuery['sort'] };
  const words = searchWords(q ?? '');
  if (sort === 'title' && scope !== 'recent' && scope !== 'bin') {
    const { cursor: after, limit } = pageOf(req, isTitlePosition);
    return { scope, words, sort, after, limit };
  }
  const { cursor: after, limit } = pageOf(req, isPosition);
  return { scope, words, sort: 'changed', after, limit };
}

const summaryOf = (head: LayoutHead, person: Person, names: ReadonlyMap<string, string>): Omit<LayoutSummary, 'starred' | 'lineage'> => {
  const { id, title, owner, department, visibility, revision, updatedAt, updatedBy, updatedByName } = head;
  const who = { owner, ownerName: ownerNameOf(head, names), updatedBy, updatedByName };
  return { id, title, department, visibility, revision, updatedAt, ...who, mayEdit: mayEdit(head, person) };
};

export const isPosition = isPositionOf<ListPosition>({ updatedAt: 'string', id: 'string' });
const isTitlePosition = isPositionOf<TitlePosition>({ title: 'string', id: 'string' });
