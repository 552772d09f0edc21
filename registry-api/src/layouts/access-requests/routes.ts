import { randomUUID } from 'node:crypto';
import type { AccessRequest, LayoutSharing } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import { entryAbout } from '../../audit/audit';
import { isoTime } from '../../clock';
import { askingOf, setUpActor } from '../../http/caller';
import { problem } from '../../http/problem';
import { mayEdit, mayView, type Person, personOf } from '../access';
import type { LayoutsContext } from '../context';
import { sharingChange } from '../sharing-routes';
import { writeRevision } from '../write-revision';
import { answeredFor, askersOf, isFulfilled, requestsChanged } from './fulfilled';
import type { AccessRequestRecord } from './store';

export interface AccessRequestRoutes {
  ask: RequestHandler<{ layout: string }>;
  list: RequestHandler;
  answer: RequestHandler<{ request: string }>;
}

/** How long a request waits, milliseconds. */
const waits = 30 * 86_400_000;
/** Of one person, and for one layout. */
const maxOfPerson = 20;
const maxOfLayout = 50;
/** An owner who has more to answer sees the oldest of them. */
const maxShown = 200;

/** Whom a layout is not shared with asks its owner, who answers with one click. */
export function createAccessRequestRoutes(context: LayoutsContext): AccessRequestRoutes {
  const { accessRequests, layouts, clock } = context;

  /** null: its layout is gone, or what it asks for was given in another way. */
  async function shown(request: AccessRequestRecord, askers: ReadonlyMap<string, Person>): Promise<AccessRequest | null> {
    const layout = await layouts.find(request.layout);
    if (!layout || isFulfilled(layout.head, request, askers)) return null;
    const { owner: _, until: __, ...told } = request;
    return { ...told, title: layout.head.title };
  }

  return {
    ask: async (req, res) => {
      const person = personOf(req.caller);
      const { may, note } = req.body as { may: 'view' | 'edit'; note?: string };
      const now = clock();
      if ((await accessRequests.waiting(person.user, now)) >= maxOfPerson)
        throw problem(
          409,
          'access_requests_waiting',
          `${maxOfPerson} requests of yours wait for an answer; ask for more when some are answered`,
        );
      const { layout: id } = req.params;
      // What is in the bin may come back.
      const head = ((await layouts.find(id)) ?? (await layouts.findBinned(id)))?.head;
      const at = isoTime(clock);
      // What they have they need not ask for. Whether there is such a layout is nothing to tell: that somebody asked is kept in any case.
      if (!head || !(may === 'edit' ? mayEdit : mayView)(head, person)) {
        const request: AccessRequestRecord = {
          id: randomUUID(),
          layout: id,
          owner: head?.owner ?? nobody,
          by: person.user,
          name: person.name,
          may,
          ...(note === undefined ? {} : { note }),
          at,
          until: now + waits,
        };
        const entry = entryAbout(askingOf(req), at, 'access.request', `layout:${id}`, { may });
        await accessRequests.ask(request, { most: maxOfLayout, now }, head ? [requestsChanged(head.owner, at), entry] : []);
        context.wakeRelay();
      }
      res.status(202).json({ requestedAt: at });
    },

    list: async (req, res) => {
      const person = personOf(req.caller);
      const waiting = await Promise.all(ownersFor(person).map((owner) => accessRequests.forOwner(owner, clock(), maxShown)));
      const askers = await askersOf(context, waiting.flat());
      const items = await Promise.all(waiting.flat().map((request) => shown(request, askers)));
      res.json({ items: items.filter((item) => item !== null) });
    },

    answer: async (req, res) => {
      const person = personOf(req.caller);
      const { answer } = req.body as { answer: 'view' | 'edit' | 'decline' };
      const request = await accessRequests.find(req.params.request, clock());
      if (!request || !ownersFor(person).includes(request.owner))
        throw problem(404, 'access_request_unknown', 'There is no such request any more: it was answered, or is over');
      // First the right, then the request: a crash in between leaves a request that is answered again, and changes nothing more.
      if (answer !== 'decline')
        await writeRevision(
          context,
          req,
          request.layout,
          null,
          sharingChange(person, ({ head }) => withGrant(head, request.by, answer)),
        );
      const at = isoTime(clock);
      const entry = entryAbout(askingOf(req), at, 'access.answer', `layout:${request.layout}`, { to: request.by, answer });
      const how = answer === 'decline' ? 'declined' : 'granted';
      await accessRequests.close(request.id, how, clock() + answeredFor, [requestsChanged(person.user, at), entry]);
      context.wakeRelay();
      res.status(204).end();
    },
  };
}

/** Is nobody's id: whose ids begin with `user:`. */
const nobody = 'nobody';

/** What the set-up made has an owner who never signs in: admins answer for it. */
const ownersFor = ({ user, admin }: Pick<Person, 'user' | 'admin'>): string[] =>
  admin && user !== setUpActor ? [user, setUpActor] : [user];

const withGrant = ({ department, visibility, grants }: LayoutSharing, to: string, may: 'view' | 'edit'): LayoutSharing => ({
  department,
  visibility,
  grants: [...grants.filter((grant) => grant.to !== to), { to, may }],
});
