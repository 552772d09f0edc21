import type { RequestHandler } from 'express';
import { isoTime } from '../../clock';
import { problem } from '../../http/problem';
import { personOf } from '../access';
import { type LayoutsContext, visibleLayout } from '../context';

type OfLayout = RequestHandler<{ layout: string }>;

export interface MarkRoutes {
  star: OfLayout;
  unstar: OfLayout;
  opened: OfLayout;
}

/** More stars than this help nobody to find anything. */
const maxStars = 200;
const maxOpened = 50;

/** By what somebody finds layouts again: of no concern to anybody else, so none of it is told or in the audit log. */
export function createMarkRoutes(context: LayoutsContext): MarkRoutes {
  const { marks, clock } = context;
  return {
    star: async (req, res) => {
      const person = personOf(req.caller);
      const { head } = await visibleLayout(context, req.params.layout, person);
      const stars = await marks.list('star', person.user);
      if (stars.length >= maxStars && !stars.some(({ layout }) => layout === head.id))
        throw problem(409, 'stars_full', `You have starred ${maxStars} layouts; take the star off one of them first`);
      await marks.put('star', person.user, { layout: head.id, at: isoTime(clock) }, maxStars);
      res.status(204).end();
    },

    unstar: async (req, res) => {
      const person = personOf(req.caller);
      // A star outlives the sight of its layout; whoever has none is told what they would be told of the layout.
      if (!(await marks.remove('star', person.user, req.params.layout))) await visibleLayout(context, req.params.layout, person);
      res.status(204).end();
    },

    opened: async (req, res) => {
      const person = personOf(req.caller);
      const { head } = await visibleLayout(context, req.params.layout, person);
      await marks.put('opened', person.user, { layout: head.id, at: isoTime(clock) }, maxOpened);
      res.status(204).end();
    },
  };
}
