import type { LayoutContent } from '@datamesh/contracts';
import type { Request } from 'express';
import { entryAbout } from '../audit/audit';
import { isoTime } from '../clock';
import { askingOf } from '../http/caller';
import type { Person } from './access';
import { authorOf, type LayoutsContext, layoutFor, visibleLayout } from './context';
import { changedEvent, type LayoutHead, type LayoutRecord, revised } from './layout';
import { keepPinsVisible } from './pinned';
import { stale } from './revision-tag';
import { checkSharing } from './sharing';
import type { Revision } from './store';

/** How often a write is tried again when something else about the layout, such as a pin, changed under it. */
const attempts = 5;

export interface RevisionWanted {
  content: LayoutContent;
  message?: string | undefined;
  forkedFrom?: LayoutHead['forkedFrom'];
}

export interface RevisionChange {
  /** Its verb in the audit log, such as `layout.save`. */
  action: string;
  person: Person;
  /** What comes after `former`; throws where this person may not. */
  next(former: LayoutRecord): Promise<RevisionWanted> | RevisionWanted;
}

/**
 * The next revision of a layout that this person sees, within the instance's rule of sharing. `base`: the revision that it is made from, 412 where there is
 * a newer one; null: whatever is the newest.
 */
export async function writeRevision(
  context: LayoutsContext,
  req: Pick<Request, 'caller' | 'ip' | 'requestId'>,
  id: string,
  base: number | null,
  { action, person, next: nextOf }: RevisionChange,
): Promise<Revision> {
  for (let attempt = 1; ; attempt++) {
    const former = await visibleLayout(context, id, person);
    const { content, message, forkedFrom } = await nextOf(former);
    if ((base !== null && former.head.revision !== base) || attempt > attempts)
      throw stale(former, await layoutFor(context, former, person));
    checkSharing(content, former.head, person, context.sharing);
    await keepPinsVisible(context, former, content);
    const from = forkedFrom === undefined ? former.head : { ...former.head, forkedFrom };
    const next = revised(content, from, authorOf(person), isoTime(context.clock), message);
    const { revision, updatedAt } = next.head;
    const entry = entryAbout(askingOf(req), updatedAt, action, `layout:${id}`, { revision });
    if ((await context.layouts.save(former, next, [changedEvent(next.head, former.head), entry])) === 'stale') continue;
    context.wakeRelay();
    return next;
  }
}
