import type { LayoutAnswer, LayoutContent, LayoutContentInput } from '@datamesh/contracts';
import { contentOf, diff } from '@datamesh/layout';
import type { RequestHandler } from 'express';
import { problem } from '../http/problem';
import { mayEdit, mayView, type Person, personOf, requireEdit } from './access';
import { checkedContent } from './content';
import { type LayoutsContext, layoutFor, visibleLayout } from './context';
import { type LayoutHead, type LayoutRecord, layoutOf } from './layout';
import { baseOf, etagOf } from './revision-tag';
import type { Revision } from './store';
import { writeRevision } from './write-revision';

type OfLayout = RequestHandler<{ layout: string }>;

export interface UpstreamRoutes {
  read: OfLayout;
  pull: OfLayout;
}

interface Origin {
  current: LayoutRecord;
  /** As the copy last took it in. */
  base: Revision;
}

async function originOf(
  { layouts }: Pick<LayoutsContext, 'layouts'>,
  { forkedFrom }: LayoutHead,
  person: Person,
): Promise<Origin | undefined> {
  const current = forkedFrom && (await layouts.find(forkedFrom.layout));
  if (!current || !mayView(current.head, person)) return undefined;
  const base = forkedFrom.revision === current.head.revision ? current : await layouts.revision(current.head.id, forkedFrom.revision);
  return base && { current, base };
}

/** Without what a copy has of its own: a title, and whom it is shared with. */
const takenIn = (revision: Revision): LayoutContent => ({
  ...contentOf(layoutOf(revision)),
  title: '',
  department: null,
  visibility: 'private',
  grants: [],
});

/** What a copy could pull; null where there is nothing new, or this person may neither edit the one nor see the other. */
export async function upstreamOf(
  context: Pick<LayoutsContext, 'layouts'>,
  { head }: LayoutRecord,
  person: Person,
): Promise<LayoutAnswer['upstream']> {
  if (!head.forkedFrom || !mayEdit(head, person)) return null;
  const origin = await originOf(context, head, person);
  if (!origin || origin.base === origin.current || diff(takenIn(origin.base), takenIn(origin.current)).length === 0) return null;
  const { id, title, revision, updatedAt, updatedByName } = origin.current.head;
  return { layout: id, title, revision, updatedAt, updatedByName };
}

/** What a copy takes in of what it was copied from. */
export function createUpstreamRoutes(context: LayoutsContext): UpstreamRoutes {
  /** Of a copy that this person may edit. */
  async function origin(head: LayoutHead, person: Person): Promise<Origin> {
    requireEdit(head, person);
    const found = await originOf(context, head, person);
    if (!found) throw problem(404, 'upstream_unknown', 'This layout was not copied from one that you can see');
    return found;
  }

  return {
    read: async (req, res) => {
      const person = personOf(req.caller);
      const { head } = await visibleLayout(context, req.params.layout, person);
      const { current, base } = await origin(head, person);
      const layout = await layoutFor(context, current, person);
      res.json({
        layout: { ...layout, grants: mayEdit(current.head, person) ? layout.grants : [] },
        base: { ...takenIn(base), title: base.head.title },
      });
    },

    pull: async (req, res) => {
      const person = personOf(req.caller);
      const { revision, content: input, message: said } = req.body as { revision: number; content: LayoutContentInput; message?: string };
      const next = await writeRevision(context, req, req.params.layout, baseOf(req), {
        action: 'layout.pull',
        person,
        next: async ({ head }) => {
          const { current } = await origin(head, person);
          if (revision > current.head.revision) throw problem(422, 'revision_unknown', `The original has no revision ${revision}`);
          const { title, department, visibility, grants } = head;
          const content = await checkedContent({ ...input, title, department, visibility, grants }, context.knownWidgets);
          const back = revision < (head.forkedFrom?.revision ?? 0);
          const message = said || `${back ? 'Took back what was pulled' : 'Pulled'} from “${current.head.title}”`;
          return { content, message, forkedFrom: { layout: current.head.id, revision } };
        },
      });
      res.set('etag', etagOf(next)).json(await layoutFor(context, next, person));
    },
  };
}
