import type { LayoutSummary } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';
import type { RequestHandler } from 'express';
import { encodeCursor, pageOf } from '../http/page';
import { mayEdit, ownersFor, type Person, personOf, readersFor } from './access';
import { binnedFor } from './bin/bin';
import type { LayoutsContext } from './context';
import type { LayoutHead } from './layout';
import { lineagesOf } from './lineage';
import type { Mark } from './marks/store';
import { ownerIn, ownerNameOf } from './owner';
import type { ListPosition, ListQuery } from './store';

type Scope = 'mine' | 'shared' | 'department' | 'company' | 'all' | 'starred' | 'recent' | 'bin';

interface Listed {
  head: LayoutHead;
  /** Where it stands in this list. */
  at: string;
  more?: Pick<LayoutSummary, 'binned' | 'openedAt'>;
}
interface LibraryQuery {
  scope: Scope;
  words: string[];
  after: ListPosition | null;
  limit: number;
}

/** What the library lists, page by page. */
export function createListRoute(context: LayoutsContext): RequestHandler {
  const { layouts, marks, people } = context;

  async function find(person: Person, { scope, words, after, limit }: LibraryQuery, starring: Promise<readonly Mark[]>): Promise<Listed[]> {
    if (scope === 'recent') {
      const opened = await marks.list('opened', person.user);
      const ids = opened.map(({ layout }) => layout);
      const found = await layouts.list({ readers: readersFor(person), ids, words, after: null, limit: ids.length });
      const heads = new Map(found.map((head) => [head.id, head]));
      return opened
        .filter(({ layout, at }) => !after || at < after.updatedAt || (at === after.updatedAt && layout < after.id))
        .flatMap(({ layout, at }) => {
          const head = heads.get(layout);
          return head ? [{ head, at, more: { openedAt: at } }] : [];
        })
        .slice(0, limit);
    }
    if (scope === 'bin') {
      const found = await layouts.listBinned({ owners: ownersFor(person), after, limit });
      return found.map((layout) => ({ head: layout.head, at: layout.bin.at, more: { binned: binnedFor(layout, person) } }));
    }
    const stars = scope === 'starred' ? await starring : [];
    const scopes: Record<Exclude<Scope, 'recent' | 'bin'>, Pick<ListQuery, 'readers'> & Partial<ListQuery>> = {
      all: { readers: readersFor(person) },
      mine: { readers: null, owner: person.user },
      shared: { readers: [person.user], notOwner: person.user },
      department: { readers: readersFor(person), departments: person.departments },
      company: { readers: ['company'] },
      starred: { readers: readersFor(person), ids: stars.map(({ layout }) => layout) },
    };
    const found = await layouts.list({ ...scopes[scope], words, after, limit });
    return found.map((head) => ({ head, at: head.updatedAt }));
  }

  return async (req, res) => {
    const person = personOf(req.caller);
    const { cursor, limit } = pageOf(req, isPosition);
    const { scope, q } = req.query as { scope: Scope; q?: string };
    const starring = marks.list('star', person.user);
    const asked = { scope, words: searchWords(q ?? ''), after: cursor, limit: limit + 1 };
    const [found, stars] = await Promise.all([find(person, asked, starring), starring]);
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
      next: found.length > limit && last ? encodeCursor({ updatedAt: last.at, id: last.head.id }) : null,
    });
  };
}

const summaryOf = (head: LayoutHead, person: Person, names: ReadonlyMap<string, string>): Omit<LayoutSummary, 'starred' | 'lineage'> => {
  const { id, title, owner, department, visibility, revision, updatedAt, updatedBy, updatedByName } = head;
  const who = { owner, ownerName: ownerNameOf(head, names), updatedBy, updatedByName };
  return { id, title, department, visibility, revision, updatedAt, ...who, mayEdit: mayEdit(head, person) };
};

export function isPosition(value: unknown): value is ListPosition {
  if (typeof value !== 'object' || value === null) return false;
  const { updatedAt, id } = value as Partial<ListPosition>;
  return typeof updatedAt === 'string' && typeof id === 'string';
}
