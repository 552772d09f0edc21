import type { RevisionSummary } from '@datamesh/contracts';
import type { Request, RequestHandler } from 'express';
import { entryAbout } from '../audit/audit';
import { isoTime } from '../clock';
import { askingOf } from '../http/caller';
import { encodeCursor, pageOf } from '../http/page';
import { problem } from '../http/problem';
import { mayEdit, type Person, personOf, personOrTokenOf } from './access';
import { type LayoutsContext, layoutFor, visibleLayout } from './context';
import type { LayoutHead, LayoutRecord } from './layout';
import { maxRevisionNames, type Revision } from './store';

type OfRevision = RequestHandler<{ layout: string; revision: string }>;

export interface RevisionRoutes {
  list: RequestHandler<{ layout: string }>;
  read: OfRevision;
  name: OfRevision;
}

/** The history of a layout. */
export function createRevisionRoutes(context: LayoutsContext): RevisionRoutes {
  const { layouts, clock } = context;

  /** A layout whose former revisions the caller may read. One of them may be from when it was shared with nobody. */
  async function layoutWithHistory(req: Request<{ layout: string }>, person: Person): Promise<LayoutRecord> {
    const layout = await visibleLayout(context, req.params.layout, person);
    if (!mayEdit(layout.head, person))
      throw problem(403, 'history_not_allowed', 'The history of a layout is for whoever may edit it; ask its owner for that');
    return layout;
  }

  async function revisionOf(current: LayoutRecord, wanted: number): Promise<Revision> {
    const found = wanted === current.head.revision ? current : await layouts.revision(current.head.id, wanted);
    if (!found || wanted > current.head.revision) throw problem(404, 'revision_unknown', `This layout has no revision ${wanted}`);
    return found;
  }

  return {
    list: async (req, res) => {
      const { head } = await layoutWithHistory(req, personOf(req.caller));
      const { cursor, limit } = pageOf(req, isRevision);
      const current = cursor === null || head.revision < cursor ? [head] : [];
      const found = [...current, ...(await layouts.revisions(head.id, cursor, limit + 1))];
      const names = await layouts.revisionNames(head.id);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      res.json({
        items: items.map((one) => summaryOf(one, names.get(one.revision))),
        next: found.length > limit && last ? encodeCursor(last.revision) : null,
      });
    },

    read: async (req, res) => {
      const person = personOrTokenOf(req.caller);
      const found = await revisionOf(await layoutWithHistory(req, person), Number(req.params.revision));
      res.json(await layoutFor(context, found, person));
    },

    name: async (req, res) => {
      const { name } = req.body as { name: string | null };
      const revision = Number(req.params.revision);
      const { head } = await revisionOf(await layoutWithHistory(req, personOf(req.caller)), revision);
      const entry = entryAbout(askingOf(req), isoTime(clock), 'layout.name-revision', `layout:${head.id}`, { revision, name });
      const outcome = await layouts.nameRevision(head.id, revision, name, [entry]);
      if (outcome === 'unknown') throw problem(404, 'layout_unknown', 'There is no such layout any more');
      if (outcome === 'full')
        throw problem(409, 'revision_names_full', `${maxRevisionNames} revisions of this layout have a name; take one away first`);
      context.wakeRelay();
      res.json(summaryOf(head, name ?? undefined));
    },
  };
}

const summaryOf = ({ revision, updatedAt, updatedBy, updatedByName, message }: LayoutHead, name: string | undefined): RevisionSummary => ({
  revision,
  updatedAt,
  updatedBy,
  updatedByName,
  ...(message === undefined ? {} : { message }),
  ...(name === undefined ? {} : { name }),
});

const isRevision = (value: unknown): value is number => Number.isSafeInteger(value);
