import type { Layout, LayoutContentInput, LayoutSummary } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import type { Request, RequestHandler } from 'express';
import { entryAbout } from '../audit/audit';
import { isoTime } from '../clock';
import { askingOf } from '../http/caller';
import { encodeCursor, pageOf } from '../http/page';
import { type Problem, problem } from '../http/problem';
import { mayDelete, mayEdit, type Person, personOf, readersFor, visibleToDepartment } from './access';
import { copyOf } from './clone';
import { checkedContent, withinLimit } from './content';
import { answerOf, authorOf, included, type LayoutsContext, layoutFor, visibleLayout } from './context';
import { changedEvent, deletedEvent, type LayoutHead, type LayoutRecord, layoutOf, newLayout, revised } from './layout';
import { checkSharing } from './sharing';
import type { ListPosition } from './store';

type OfLayout = RequestHandler<{ layout: string }>;

export interface LayoutRoutes {
  list: RequestHandler;
  create: RequestHandler;
  read: OfLayout;
  save: OfLayout;
  remove: OfLayout;
  clone: OfLayout;
  revisions: OfLayout;
  revision: RequestHandler<{ layout: string; revision: string }>;
}

/** How often a save is tried again when something else about the layout, such as a pin, changed under it. */
const attempts = 5;
/** A pin that was announced this long ago and never happened was left by a crash, milliseconds. */
const pinsSettle = 60_000;

export function createLayoutRoutes(context: LayoutsContext): LayoutRoutes {
  const { layouts, clock } = context;

  /** A layout whose former revisions the caller may read. One of them may be from when it was shared with nobody. */
  async function layoutWithHistory(req: Request<{ layout: string }>): Promise<LayoutRecord> {
    const person = personOf(req.caller);
    const layout = await visibleLayout(context, req.params.layout, person);
    if (!mayEdit(layout.head, person))
      throw problem(403, 'history_not_allowed', 'The history of a layout is for whoever may edit it; ask its owner for that');
    return layout;
  }

  return {
    list: async (req, res) => {
      const person = personOf(req.caller);
      const { cursor, limit } = pageOf(req, isPosition);
      const { scope } = req.query;
      const found = await layouts.list({
        readers: readersFor(person),
        ...(scope === 'mine' ? { owner: person.user } : {}),
        ...(scope === 'department' ? { departments: person.departments } : {}),
        after: cursor,
        limit: limit + 1,
      });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const next = found.length > limit && last ? encodeCursor({ updatedAt: last.updatedAt, id: last.id }) : null;
      res.json({ items: items.map((head) => summaryOf(head, person)), next });
    },

    create: async (req, res) => {
      const person = personOf(req.caller);
      const input = req.body as LayoutContentInput;
      const content = await checkedContent(input, context.knownWidgets);
      checkSharing(content, undefined, person, context.sharing);
      const layout = newLayout(content, authorOf(person), isoTime(clock), messageOf(input));
      const { head } = layout;
      const entry = entryAbout(askingOf(req), head.updatedAt, 'layout.create', `layout:${head.id}`, { title: content.title });
      await layouts.create(layout, [changedEvent(head), entry]);
      context.nudge();
      res.status(201).set('etag', etagOf(layout)).json(layoutOf(layout));
    },

    read: async (req, res) => {
      const person = personOf(req.caller);
      const layout = await visibleLayout(context, req.params.layout, person);
      // The tag is the layout's revision, for a save. The answer also says what one person set and what runs: neither moves the revision, so
      // a browser that asked again by it would show yesterday's.
      res
        .set({ etag: etagOf(layout), 'cache-control': 'no-store' })
        .json(await answerOf(context, layout, person, included(req).has('resolution')));
    },

    save: async (req, res) => {
      const person = personOf(req.caller);
      const input = req.body as LayoutContentInput;
      const base = baseOf(req.get('if-match'));
      for (let attempt = 1; ; attempt++) {
        const former = await visibleLayout(context, req.params.layout, person);
        if (!mayEdit(former.head, person))
          throw problem(403, 'edit_not_allowed', 'You may look at this layout, not change it; keep a copy of your own with POST …/clone');
        if (former.head.revision !== base || attempt > attempts) throw stale(former, await layoutFor(context, former, person));
        const content = await checkedContent(input, context.knownWidgets);
        checkSharing(content, former.head, person, context.sharing);
        const hidden = former.pins.filter(({ department }) => !visibleToDepartment(content, department));
        const departments = await pinningDepartments(context, { ...former, pins: hidden });
        if (departments.length > 0) throw pinned(departments, 'Its people would no longer see it');
        const next = revised(content, former.head, authorOf(person), isoTime(clock), messageOf(input).message);
        const { id, revision, updatedAt } = next.head;
        const entry = entryAbout(askingOf(req), updatedAt, 'layout.save', `layout:${id}`, { revision });
        if ((await layouts.save(former, next, [changedEvent(next.head, former.head), entry])) === 'stale') continue;
        context.nudge();
        res.set('etag', etagOf(next)).json(await layoutFor(context, next, person));
        return;
      }
    },

    remove: async (req, res) => {
      const person = personOf(req.caller);
      for (let attempt = 1; ; attempt++) {
        const layout = await visibleLayout(context, req.params.layout, person);
        const { id } = layout.head;
        if (!mayDelete(layout.head, person)) throw problem(403, 'delete_not_allowed', 'Only its owner and admins delete a layout');
        const departments = await pinningDepartments(context, layout);
        if (departments.length > 0 || attempt > attempts) throw pinned(departments, 'Pin another one there first');
        if (layout.pins.length > 0) {
          await layouts.setPins(layout, []);
          continue;
        }
        const at = isoTime(clock);
        const { title, revision } = layout.head;
        const entry = entryAbout(askingOf(req), at, 'layout.delete', `layout:${id}`, { title, revision });
        if ((await layouts.remove(layout, [deletedEvent(layout.head, person.user, at), entry])) === 'stale') continue;
        context.nudge();
        await context.personal.removeLayout(id);
        res.status(204).end();
        return;
      }
    },

    clone: async (req, res) => {
      const person = personOf(req.caller);
      const from = await visibleLayout(context, req.params.layout, person);
      const { title, content } = (req.body ?? {}) as { title?: string; content?: LayoutContentInput };
      withinLimit(content ?? null, 'layout_too_large', 'A layout');
      const overlay = await context.personal.overlay(from.head.id, person.user);
      const copy = await checkedContent(copyOf(contentOf(layoutOf(from)), { overlay, content, title }), context.knownWidgets);
      const { id, revision } = from.head;
      const layout = newLayout(copy, authorOf(person), isoTime(clock), { forkedFrom: { layout: id, revision } });
      const { head } = layout;
      const entry = entryAbout(askingOf(req), head.updatedAt, 'layout.clone', `layout:${head.id}`, { from: id, revision });
      await layouts.create(layout, [changedEvent(head), entry]);
      context.nudge();
      res.status(201).set('etag', etagOf(layout)).json(layoutOf(layout));
    },

    revisions: async (req, res) => {
      const { head } = await layoutWithHistory(req);
      const { cursor, limit } = pageOf(req, isRevision);
      const current = cursor === null || head.revision < cursor ? [head] : [];
      const found = [...current, ...(await layouts.revisions(head.id, cursor, limit + 1))];
      const items = found.slice(0, limit);
      const last = items.at(-1);
      res.json({ items: items.map(revisionSummary), next: found.length > limit && last ? encodeCursor(last.revision) : null });
    },

    revision: async (req, res) => {
      const current = await layoutWithHistory(req);
      const wanted = Number(req.params.revision);
      const found = wanted === current.head.revision ? current : await layouts.revision(current.head.id, wanted);
      if (!found || wanted > current.head.revision) throw problem(404, 'revision_unknown', `This layout has no revision ${wanted}`);
      res.json(await layoutFor(context, found, personOf(req.caller)));
    },
  };
}

/** Departments that really pin it, or are about to; marks that a crash left behind do not count. */
async function pinningDepartments({ departments, clock }: LayoutsContext, { head, pins }: LayoutRecord): Promise<string[]> {
  const found: string[] = [];
  for (const { department, at } of pins) {
    const record = await departments.find(department);
    if (record?.pin?.layout === head.id || clock() - Date.parse(at) < pinsSettle) found.push(department);
  }
  return found;
}

const pinned = (departments: string[], detail: string): Problem =>
  problem(409, 'layout_pinned', `This layout is what ${departments.join(', ')} opens first. ${detail}`);

const stale = (record: LayoutRecord, current: Layout): Problem =>
  problem(412, 'revision_stale', `${current.updatedByName} saved revision ${current.revision} in between; merge it with yours`, {
    members: { current },
    headers: { etag: etagOf(record) },
  });

const etagOf = ({ head }: Pick<LayoutRecord, 'head'>): string => `"${head.revision}"`;

function baseOf(ifMatch: string | undefined): number {
  const revision = /^"(\d{1,15})"$/.exec(ifMatch ?? '')?.[1];
  if (revision === undefined) throw problem(428, 'if_match_required', 'Say which revision this was made from: If-Match: "<revision>"');
  return Number(revision);
}

const messageOf = ({ message }: LayoutContentInput): { message?: string } => (message ? { message } : {});

const summaryOf = (head: LayoutHead, person: Person): LayoutSummary => {
  const { id, title, owner, department, visibility, revision, updatedAt, updatedBy, updatedByName } = head;
  return { id, title, owner, department, visibility, revision, updatedAt, updatedBy, updatedByName, mayEdit: mayEdit(head, person) };
};

const revisionSummary = ({ revision, updatedAt, updatedBy, updatedByName, message }: LayoutHead) => ({
  revision,
  updatedAt,
  updatedBy,
  updatedByName,
  ...(message === undefined ? {} : { message }),
});

const isRevision = (value: unknown): value is number => Number.isSafeInteger(value);

function isPosition(value: unknown): value is ListPosition {
  if (typeof value !== 'object' || value === null) return false;
  const { updatedAt, id } = value as Partial<ListPosition>;
  return typeof updatedAt === 'string' && typeof id === 'string';
}
