/** Who else has a layout open, and who edits it: by the word of their pages, for those who may see the layout. */
import { createHash, randomUUID } from 'node:crypto';
import type { Presence, PresentPerson } from '@datamesh/contracts';
import type { Request, RequestHandler } from 'express';
import { type Clock, isoTime } from '../../clock';
import type { PendingEvent } from '../../events/pending';
import { requireUser } from '../../http/caller';
import { mayEdit, personOf } from '../access';
import { type LayoutsContext, visibleLayout } from '../context';
import type { PresenceStore, PresentPage } from './store';

type OfPage = RequestHandler<{ layout: string; page: string }>;

export interface PresenceRoutes {
  report: OfPage;
  end: OfPage;
}

/** Seconds: whoever may edit is told of each other at once, and so has to be gone sooner. */
const againSeconds = { editor: 30, viewer: 60 };
/** Browsers let a hidden page speak once a minute, so that an editor's may miss one word and no more. */
const silences = 3;
const maxPagesOfOne = 20;
/** Of one layout: more are only said to be there. */
const maxPages = 100;
const maxPeople = 30;

type PresenceContext = Pick<LayoutsContext, 'layouts' | 'presence' | 'people' | 'clock' | 'presenceChanged'>;

export function createPresenceRoutes(context: PresenceContext): PresenceRoutes {
  const { presence, people, clock, presenceChanged } = context;

  async function othersOf(layout: string, user: string): Promise<{ pages: PresentPage[] } & Pick<Presence, 'people' | 'more'>> {
    const all = await presence.of(layout, clock(), maxPages);
    const pages = all.filter((page) => page.user !== user);
    const users = [...new Set(pages.map((page) => page.user))];
    const shown = users.slice(0, maxPeople);
    const names = await people.names(shown.map(idIn));
    return {
      pages,
      // Whom the directory does not know any more has been erased.
      people: shown.flatMap((one) => presentPerson(one, names.get(idIn(one)), pages)).sort(byPart),
      more: users.length > shown.length || all.length === maxPages,
    };
  }

  return {
    report: async (req, res) => {
      const id = idOf(req);
      const person = personOf(req.caller);
      const { layout } = req.params;
      const { head } = await visibleLayout(context, layout, person).catch(async (refused: unknown) => {
        // It was there before it was taken from them.
        if (await presence.remove(id, layout)) presenceChanged(layout);
        throw refused;
      });
      const { editing, panel } = req.body as { editing: boolean; panel: string | null };
      const editor = mayEdit(head, person);
      const again = editor ? againSeconds.editor : againSeconds.viewer;
      const now = clock();
      const page: PresentPage = {
        id,
        layout,
        user: person.user,
        part: editor ? (editing ? 'edits' : 'could-edit') : 'looks',
        panel: editor && editing ? panel : null,
        at: now,
        until: now + silences * again * 1000,
      };
      const before = await presence.put(page, maxPagesOfOne);
      const { pages, ...others } = await othersOf(layout, person.user);
      if (before && before.layout !== layout) presenceChanged(before.layout);
      const differs = before?.layout !== layout || before.part !== page.part || before.panel !== page.panel;
      if (differs && pages.some(isTold)) presenceChanged(layout);
      res.json({ againSeconds: again, ...others } satisfies Presence);
    },

    end: async (req, res) => {
      const { layout } = req.params;
      // Whoever was there leaves, also what was taken from them; anybody else is told what they would be told of the layout.
      if (await presence.remove(idOf(req), layout)) presenceChanged(layout);
      else await visibleLayout(context, layout, personOf(req.caller));
      res.status(204).end();
    },
  };
}

/** For whoever may edit these layouts and has them open; it names nobody. */
export const toEditors =
  (presence: PresenceStore, clock: Clock) =>
  async (layouts: readonly string[]): Promise<PendingEvent[]> => {
    const events: PendingEvent[] = [];
    for (const layout of layouts) {
      const shown = (await presence.of(layout, clock(), maxPages)).filter(isTold);
      const users = [...new Set(shown.map(({ user }) => user))];
      if (users.length === 0) continue;
      events.push({
        id: randomUUID(),
        type: 'presence.changed',
        at: isoTime(clock),
        data: { layout },
        audience: { kind: 'users', users, departments: [] },
      });
    }
    return events;
  };

const isTold = ({ part }: PresentPage): boolean => part !== 'looks';

/** Of the session and the page together: nobody speaks for somebody else's page, and neither can be read from it. */
const idOf = (req: Request<{ layout: string; page: string }>): string =>
  createHash('sha256')
    .update(`${requireUser(req as unknown as Request).sid} ${req.params.page.toLowerCase()}`)
    .digest('base64url');

const idIn = (user: string): string => user.slice('user:'.length);

function presentPerson(user: string, name: string | undefined, pages: readonly PresentPage[]): PresentPerson[] {
  if (name === undefined) return [];
  const own = pages.filter((page) => page.user === user);
  const panels = [...new Set(own.flatMap(({ panel }) => panel ?? []))].sort();
  return [{ user, name, editing: own.some(({ part }) => part === 'edits'), panels }];
}

const byPart = (one: PresentPerson, other: PresentPerson): number =>
  Number(other.editing) - Number(one.editing) || one.name.localeCompare(other.name) || (one.user < other.user ? -1 : 1);
