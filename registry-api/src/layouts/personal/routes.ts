import type { Draft, Overlay } from '@datamesh/contracts';
import { overlaid } from '@datamesh/layout';
import type { Request, RequestHandler } from 'express';
import { isoTime } from '../../clock';
import { type Problem, problem } from '../../http/problem';
import { personOf } from '../access';
import { withinLimit } from '../content';
import { type LayoutsContext, visibleLayout } from '../context';
import { overlayCheck, tooBusy } from '../settings';

type OfLayout = RequestHandler<{ layout: string }>;

export interface PersonalRoutes {
  putMine: OfLayout;
  changeMine: OfLayout;
  deleteMine: OfLayout;
  readDraft: OfLayout;
  putDraft: OfLayout;
  deleteDraft: OfLayout;
}

/**
 * What a person keeps for themself: whoever may see a layout may do this, nobody else sees it or hears of it, and since drafts are
 * written every few seconds while somebody works, none of it is in the audit log.
 */
export function createPersonalRoutes(context: LayoutsContext): PersonalRoutes {
  const { personal, clock } = context;
  const check = overlayCheck(context.resolve, context.settingsThreads);
  return {
    putMine: async (req, res) => {
      const person = personOf(req.caller);
      const { head, body } = await visibleLayout(context, req.params.layout, person);
      const overlay = req.body as Overlay;
      withinLimit(overlay, 'overlay_too_large', 'An overlay');
      await check(overlay, body);
      await personal.putOverlay(head.id, person.user, overlay);
      res.json(overlay);
    },

    changeMine: async (req, res) => {
      const person = personOf(req.caller);
      const { head, body } = await visibleLayout(context, req.params.layout, person);
      const change = req.body as Overlay;
      const overlay = await personal.changeOverlay(head.id, person.user, async (before) => {
        const next = overlaid(before ?? null, change, (panel) => Object.hasOwn(body.panels, panel));
        withinLimit(next, 'overlay_too_large', 'An overlay');
        // What is not touched was checked when it was set, and may be of a version that has gone since.
        const touched = Object.keys(change.panels).map((panel) => [panel, next.panels[panel] ?? { settings: {} }]);
        await check({ panels: Object.fromEntries(touched) }, body);
        return next;
      });
      if (!overlay) throw tooBusy('Other pages of yours change these settings all the time; save again in a moment');
      res.json(overlay);
    },

    deleteMine: async (req, res) => {
      const person = personOf(req.caller);
      const { head } = await visibleLayout(context, req.params.layout, person);
      await personal.removeOverlay(head.id, person.user);
      res.status(204).end();
    },

    readDraft: async (req, res) => {
      const person = personOf(req.caller);
      const { head } = await visibleLayout(context, req.params.layout, person);
      const draft = await personal.draft(head.id, person.user);
      if (!draft) {
        res.status(204).end();
        return;
      }
      res.json(draft);
    },

    // Work in progress may be in a state that could not be saved: only its form and size are checked.
    putDraft: async (req, res) => {
      const person = personOf(req.caller);
      const { head } = await visibleLayout(context, req.params.layout, person);
      const edited = req.body as Omit<Draft, 'updatedAt' | 'tag'>;
      withinLimit(edited.content, 'layout_too_large', 'A layout');
      if (edited.base > head.revision) throw problem(422, 'revision_unknown', `This layout has no revision ${edited.base}`);
      const draft: Draft = { ...edited, updatedAt: isoTime(clock) };
      const tag = await personal.putDraft(head.id, person.user, draft, req.get('if-none-match') === '*' ? null : tagIn(req));
      if (tag === undefined) throw draftStale();
      res.json({ ...draft, tag });
    },

    deleteDraft: async (req, res) => {
      const person = personOf(req.caller);
      const { head } = await visibleLayout(context, req.params.layout, person);
      if (!(await personal.removeDraft(head.id, person.user, tagIn(req)))) throw draftStale();
      res.status(204).end();
    },
  };
}

/** Of `If-Match`; undefined without one. */
const tagIn = (req: Pick<Request, 'get'>): string | undefined => req.get('if-match')?.slice(1, -1);

const draftStale = (): Problem =>
  problem(412, 'draft_stale', 'Another page of yours has kept, saved or discarded this draft in between; read it and keep both');
