import { Problem } from '../../http/problem';
import type { Person } from '../access';
import { type LayoutsContext, layoutUnknown, visibleLayout } from '../context';
import type { LayoutRecord } from '../layout';

/** As visibleLayout; to whom it does not exist its problem says since when they have asked for access, as it does of any id. */
export async function openedLayout(
  context: Pick<LayoutsContext, 'layouts' | 'accessRequests' | 'clock'>,
  id: string,
  person: Person,
): Promise<LayoutRecord> {
  try {
    return await visibleLayout(context, id, person);
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code !== 'layout_unknown') throw cause;
    const requestedAt = await context.accessRequests.askedAt(id, person.user, context.clock());
    throw requestedAt === undefined ? cause : layoutUnknown({ requestedAt });
  }
}
