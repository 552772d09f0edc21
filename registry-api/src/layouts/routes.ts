import type { LayoutContentInput } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import type { RequestHandler } from 'express';
import { entryAbout } from '../audit/audit';
import { isoTime } from '../clock';
import { askingOf } from '../http/caller';
import { personOf, personOrTokenOf, requireEdit } from './access';
import { openedLayout } from './access-requests/opened';
import { answerOf } from './answer';
import { copyOf } from './clone';
import { checkedContent, withinLimit } from './content';
import { authorOf, included, type LayoutsContext, layoutFor, visibleLayout } from './context';
import { changedEvent, createLayout, layoutOf } from './layout';
import { createListRoute } from './list';
import { baseOf, etagOf } from './revision-tag';
import { checkSharing } from './sharing';
import { writeRevision } from './write-revision';

type OfLayout = RequestHandler<{ layout: string }>;

export interface LayoutRoutes {
  list: RequestHandler;
  create: RequestHandler;
  read: OfLayout;
  save: OfLayout;
  clone: OfLayout;
}

export function createLayoutRoutes(context: LayoutsContext): LayoutRoutes {
  const { layouts, clock } = context;

  return {
    list: createListRoute(context),

    create: async (req, res) => {
      const person = personOf(req.caller);
      const input = req.body as LayoutContentInput;
      const content = await checkedContent(input, context.knownWidgets);
      checkSharing(content, undefined, person, context.sharing);
      const layout = createLayout(content, authorOf(person), isoTime(clock), messageOf(input));
      const { head } = layout;
      const entry = entryAbout(askingOf(req), head.updatedAt, 'layout.create', `layout:${head.id}`, { title: content.title });
      await layouts.create(layout, [changedEvent(head), entry]);
      context.wakeRelay();
      res.status(201).set('etag', etagOf(layout)).json(layoutOf(layout));
    },

    read: async (req, res) => {
      const person = personOrTokenOf(req.caller);
      const layout = await openedLayout(context, req.params.layout, person);
      // The tag is the layout's revision, for a save. The answer also says what one person set and what runs: neither moves the revision, so
      // a browser that asked again by it would show yesterday's.
      res.set({ etag: etagOf(layout), 'cache-control': 'no-store' }).json(await answerOf(context, layout, person, included(req)));
    },

    save: async (req, res) => {
      const person = personOrTokenOf(req.caller);
      const input = req.body as LayoutContentInput;
      const next = await writeRevision(context, req, req.params.layout, baseOf(req), {
        action: 'layout.save',
        person,
        next: async ({ head }) => {
          requireEdit(head, person);
          return { content: await checkedContent(input, context.knownWidgets), ...messageOf(input) };
        },
      });
      res.set('etag', etagOf(next)).json(await layoutFor(context, next, person));
    },

    clone: async (req, res) => {
      const person = personOf(req.caller);
      const from = await visibleLayout(context, req.params.layout, person);
      const { title, content } = (req.body ?? {}) as { title?: string; content?: LayoutContentInput };
      withinLimit(content ?? null, 'layout_too_large', 'A layout');
      const overlay = await context.personal.overlay(from.head.id, person.user);
      const copy = await checkedContent(copyOf(contentOf(layoutOf(from)), { overlay, content, title }), context.knownWidgets);
      const { id, revision } = from.head;
      const layout = createLayout(copy, authorOf(person), isoTime(clock), { forkedFrom: { layout: id, revision } });
      const { head } = layout;
      const entry = entryAbout(askingOf(req), head.updatedAt, 'layout.clone', `layout:${head.id}`, { from: id, revision });
      await layouts.create(layout, [changedEvent(head), entry]);
      context.wakeRelay();
      res.status(201).set('etag', etagOf(layout)).json(layoutOf(layout));
    },
  };
}

const messageOf = ({ message }: LayoutContentInput): { message?: string } => (message ? { message } : {});
