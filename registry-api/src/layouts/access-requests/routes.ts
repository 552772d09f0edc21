import { randomUUID } from 'node:crypto';
import type { AccessRequest, LayoutSharing } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import { entryAbout } from '../../audit/audit';
import { isoTime } from '../../clock';
import type { PendingEvent } from '../../events/pending';
import { askingOf, setUpActor } from '../../http/caller';
import { problem } from '../../http/problem';
import { mayEdit, mayView, type Person, personOf } from '../access';
import type { LayoutsContext } from '../context';
import { sharingChange } from '../sharing-routes';
import { writeRevision } from '../write-revision';
import type { AccessRequestRecord } from './store';

export interface AccessRequestRoutes {
  ask: RequestHandler<{ layout: string }>;
  list: RequestHandler;
  answer: RequestHandler<{ request: string }>;
}

const day = 86_400_000;
/** How long a request waits, and how long one that was declined keeps the same person from asking again, milliseconds. */
const waits = 30 * day;
const declinedFor = 7 * day;
/** Of one person, and for one layout. */
const maxOfPerson = 20;
const maxOfLayout = 50;
/** An owner who has more to answer sees the oldest of them. */
const maxShown = 200;

/** Whom a layout is not shared with asks its owner, who answers with one click. */
export function createAccessRequestRoutes(context: LayoutsContext): AccessRequestRoutes {
  const { accessRequests, layouts, clock } = context;

  const news = (owner: string, at: string): PendingEvent => ({
    id: randomUUID(),
    type: 'access-requests.changed',
    at,
    data: {},
    audience:
      owner === setUpActor
        ? { kind: 'users', users: [], departments: [], admins: true }
        : { kind: 'users', users: [owner], departments: [] },
  });

  /** null: its layout is gone, or what it asks for was given in another way. */
  async function shown({ owner: _, until: __, ...request }: AccessRequestRecord): Promise<AccessRequest | null> {
    const layout = await layouts.find(request.layout);
    const given = layout?.head.grants.some(({ to, may }) => to === request.by && (may === 'edit' || request.may === 'view'));
    return layout && !given ? { ...request, title: layout.head.title } : null;
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
      const layout = await layouts.find(req.params.layout);
      // What they have they need not ask for; whether there is such a layout is nothing to tell.
      if (layout && !(may === 'edit' ? mayEdit : mayView)(layout.head, person)) {
        const { id, owner } = layout.head;
        const at = isoTime(clock);
        const request: AccessRequestRecord = {
          id: randomUUID(),
          layout: id,
          owner,
          by: person.user,
          name: person.name,
          may,
          ...(note === undefined ? {} : { note }),
          at,
          until: now + waits,
        };
        const entry = entryAbout(askingOf(req), at, 'access.request', `layout:${id}`, { may });
        await accessRequests.ask(request, { most: maxOfLayout, now }, [news(owner, at), entry]);
        context.wakeRelay();
      }
      res.status(202).end();
    },

    list: async (req, res) => {
      const person = personOf(req.caller);
      const waiting = await Promise.all(ownersFor(person).map((owner) => accessRequests.forOwner(owner, clock(), maxShown)));
      const items = await Promise.all(waiting.flat().map(shown));
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
      await accessRequests.close(request.id, how, clock() + declinedFor, [news(person.user, at), entry]);
      context.wakeRelay();
      res.status(204).end();
    },
  };
}

/** What the set-up made has an owner who never signs in: admins answer for it. */
const ownersFor = ({ user, admin }: Pick<Person, 'user' | 'admin'>): string[] =>
  admin && user !== setUpActor ? [user, setUpActor] : [user];

const withGrant = ({ department, visibility, grants }: LayoutSharing, to: string, may: 'view' | 'edit'): LayoutSharing => ({
  department,
  visibility,
  grants: [...grants.filter((grant) => grant.to !== to), { to, may }],
});
