import type { LayoutContentInput, LayoutSummary } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import type { RequestHandler } from 'express';
import { entryAbout } from '../audit/audit';
import { isoTime } from '../clock';
import { askingOf } from '../http/caller';
import { encodeCursor, pageOf } from '../http/page';
import { problem } from '../http/problem';
import { searchWords } from '../storage/search-words';
import { mayDelete, mayEdit, type Person, personOf, readersFor, requireEdit } from './access';
import { answerOf } from './answer';
import { copyOf } from './clone';
import { checkedContent, withinLimit } from './content';
import { authorOf, included, type LayoutsContext, layoutFor, visibleLayout } from './context';
import { changedEvent, deletedEvent, type LayoutHead, layoutOf, newLayout } from './layout';
import { pinned, pinningDepartments } from './pinned';
import { baseOf, etagOf } from './revision-tag';
import { checkSharing } from './sharing';
import type { ListPosition } from './store';
import { writeRevision } from './write-revision';

type OfLayout = RequestHandler<{ layout: string }>;

export interface LayoutRoutes {
  list: RequestHandler;
  create: RequestHandler;
  read: OfLayout;
  save: OfLayout;
  remove: OfLayout;
  clone: OfLayout;
}

/** How often a removal is tried again when something else about the layout, such as a pin, changed under it. */
const attempts = 5;

export function createLayoutRoutes(context: LayoutsContext): LayoutRoutes {
  const { layouts, clock } = context;

  return {
    list: async (req, res) => {
      const person = personOf(req.caller);
      const { cursor, limit } = pageOf(req, isPosition);
      const { scope, q } = req.query;
      const found = await layouts.list({
        readers: scope === 'shared' ? [person.user] : scope === 'company' ? ['company'] : readersFor(person),
        words: searchWords(String(q ?? '')),
        ...(scope === 'shared' ? { notOwner: person.user } : {}),
        ...(scope === 'mine' ? { owner: person.user } : {}),
        ...(scope === 'department' ? { departments: person.departments } : {}),
        after: cursor,
        limit: limit + 1,
      });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const next = found.length > limit && last ? encodeCursor({ updatedAt: last.updatedAt, id: last.id }) : null;
      const names = await context.people.names(items.map(({ owner }) => owner.slice('user:'.length)));
      res.json({ items: items.map((head) => summaryOf(head, person, names)), next });
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
      const next = await writeRevision(context, req, req.params.layout, baseOf(req.get('if-match')), {
        action: 'layout.save',
        person,
        next: async ({ head }) => {
          requireEdit(head, person);
          return { content: await checkedContent(input, context.knownWidgets), ...messageOf(input) };
        },
      });
      res.set('etag', etagOf(next)).json(await layoutFor(context, next, person));
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
  };
}

const messageOf = ({ message }: LayoutContentInput): { message?: string } => (message ? { message } : {});

const summaryOf = (head: LayoutHead, person: Person, names: ReadonlyMap<string, string>): LayoutSummary => {
  const { id, title, owner, department, visibility, revision, updatedAt, updatedBy, updatedByName } = head;
  const ownerId = owner.slice('user:'.length);
  // Whoever has not been here since names are kept has most likely changed it last.
  const ownerName = names.get(ownerId) ?? (updatedBy === owner ? updatedByName : ownerId);
  const who = { owner, ownerName, updatedBy, updatedByName };
  return { id, title, department, visibility, revision, updatedAt, ...who, mayEdit: mayEdit(head, person) };
};

function isPosition(value: unknown): value is ListPosition {
  if (typeof value !== 'object' || value === null) return false;
  const { updatedAt, id } = value as Partial<ListPosition>;
  return typeof updatedAt === 'string' && typeof id === 'string';
}
