import type { RequestHandler } from 'express';
import { entryAbout } from '../../audit/audit';
import { isoTime } from '../../clock';
import { askingOf } from '../../http/caller';
import { personOf, requireDelete } from '../access';
import { type LayoutsContext, layoutFor, restorableLayout, visibleLayout } from '../context';
import { deletedEvent, restoredEvent } from '../layout';
import { pinned, pinningDepartments } from '../pinned';
import { etagOf } from '../revision-tag';
import { notBinned, removeForEver } from './bin';

type OfLayout = RequestHandler<{ layout: string }>;

export interface BinRoutes {
  remove: OfLayout;
  restore: OfLayout;
}

/** How often it is tried again when something else about the layout, such as a pin, changed under it. */
const attempts = 5;

export function createBinRoutes(context: LayoutsContext): BinRoutes {
  const { layouts, clock } = context;

  const forEver: OfLayout = async (req, res) => {
    const layout = await restorableLayout(context, req.params.layout, personOf(req.caller));
    if (!(await removeForEver(context, layout, askingOf(req), isoTime(clock)))) throw notBinned();
    context.wakeRelay();
    res.status(204).end();
  };

  return {
    remove: async (req, res, next) => {
      // A boolean, by the contract.
      if (req.query['forever'] as unknown as boolean | undefined) return forEver(req, res, next);
      const person = personOf(req.caller);
      for (let attempt = 1; ; attempt++) {
        const layout = await visibleLayout(context, req.params.layout, person);
        const { id, title, revision } = layout.head;
        requireDelete(layout.head, person);
        const departments = await pinningDepartments(context, layout);
        if (departments.length > 0 || attempt > attempts) throw pinned(departments, 'Pin another one there first');
        if (layout.pins.length > 0) {
          await layouts.setPins(layout, []);
          continue;
        }
        const at = isoTime(clock);
        const entry = entryAbout(askingOf(req), at, 'layout.bin', `layout:${id}`, { title, revision });
        const mark = { at, by: person.user, byName: person.name };
        if ((await layouts.bin(layout, mark, [deletedEvent(layout.head, person.user, at), entry])) === 'stale') continue;
        context.wakeRelay();
        res.status(204).end();
        return;
      }
    },

    restore: async (req, res) => {
      const person = personOf(req.caller);
      const layout = await restorableLayout(context, req.params.layout, person);
      const { id, title, revision } = layout.head;
      const at = isoTime(clock);
      const entry = entryAbout(askingOf(req), at, 'layout.restore', `layout:${id}`, { title, revision });
      if ((await layouts.restore(layout, [restoredEvent(layout.head, person.user, at), entry])) === 'stale') throw notBinned();
      context.wakeRelay();
      res.set('etag', etagOf(layout)).json(await layoutFor(context, layout, person));
    },
  };
}
