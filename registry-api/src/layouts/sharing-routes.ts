import type { LayoutAccess, LayoutSharing } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';
import { contentOf } from '@datamesh/layout';
import type { RequestHandler } from 'express';
import { problem } from '../http/problem';
import { mayEdit, mayShare, type Person, personOf } from './access';
import { accessEntries } from './access-entries';
import { closeFulfilled } from './access-requests/fulfilled';
import { type LayoutsContext, layoutFor, visibleLayout } from './context';
import { type LayoutRecord, layoutOf } from './layout';
import { baseOf, etagOf } from './revision-tag';
import { mayShareWith, tooWide } from './sharing';
import { type RevisionChange, writeRevision } from './write-revision';

type OfLayout = RequestHandler<{ layout: string }>;

export interface SharingRoutes {
  people: RequestHandler;
  access: OfLayout;
  share: OfLayout;
}

const day = 86_400_000;
/** Who has not been here for this long has most likely left the company, milliseconds. */
const knownFor = 400 * day;
const maxFound = 10;

/** With whom a layout is shared. */
export function createSharingRoutes(context: LayoutsContext): SharingRoutes {
  const { clock, departments, people, sharing: rules } = context;

  async function accessOf({ head, pins }: LayoutRecord, person: Person): Promise<LayoutAccess> {
    const all = await departments.all();
    const ids = [head.owner, ...head.grants.map(({ to }) => to)].flatMap((to) =>
      to.startsWith('user:') ? [to.slice('user:'.length)] : [],
    );
    const entries = accessEntries(head, {
      people: await people.names(ids),
      departments: new Map(all.map(({ id, title }) => [id, title])),
      pinnedBy: pins
        .map(({ department }) => department)
        .filter((id) => all.some((one) => one.id === id && one.pins.some(({ layout }) => layout === head.id))),
    });
    const { revision, department, visibility, grants } = head;
    const may = { people: mayShareWith('people', person, rules), department: mayShareWith('department', person, rules) };
    return {
      revision,
      mayShare: mayShare(head, person),
      rules: { ...may, company: mayShareWith('company', person, rules) },
      sharing: { department, visibility, grants },
      entries,
    };
  }

  return {
    people: async (req, res) => {
      const person = personOf(req.caller);
      if (!mayShareWith('people', person, rules)) throw tooWide('people', rules);
      const words = searchWords(String(req.query['q']));
      const except = person.user.slice('user:'.length);
      const found = await people.search({ words, since: clock() - knownFor, except, limit: maxFound });
      const all = await departments.all();
      const titles = (ids: readonly string[]): string[] =>
        ids.filter((id) => person.admin || person.departments.includes(id)).map((id) => all.find((one) => one.id === id)?.title ?? id);
      res.json({ items: found.map(({ id, name, departments: own }) => ({ to: `user:${id}`, name, departments: titles(own) })) });
    },

    access: async (req, res) => {
      const person = personOf(req.caller);
      const layout = await visibleLayout(context, req.params.layout, person);
      if (!mayEdit(layout.head, person))
        throw problem(403, 'access_not_shown', 'Who has access to a layout is shown to whoever may edit it; ask its owner for that');
      res.json(await accessOf(layout, person));
    },

    share: async (req, res) => {
      const person = personOf(req.caller);
      const base = baseOf(req);
      const next = await writeRevision(
        context,
        req,
        req.params.layout,
        base,
        sharingChange(person, () => req.body as LayoutSharing),
      );
      await closeFulfilled(context, next.head);
      res.set('etag', etagOf(next)).json(await layoutFor(context, next, person));
    },
  };
}

/** A revision that changes nothing but who sees the layout. */
export const sharingChange = (person: Person, sharing: (former: LayoutRecord) => LayoutSharing): RevisionChange => ({
  action: 'layout.share',
  person,
  next: (former) => {
    if (!mayShare(former.head, person))
      throw problem(403, 'sharing_not_allowed', 'Only its owner and admins say who sees a layout; ask its owner');
    const { department, visibility, grants } = sharing(former);
    return { content: { ...contentOf(layoutOf(former)), department, visibility, grants }, message: 'Sharing changed' };
  },
});
