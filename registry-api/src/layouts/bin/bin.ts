/** The bin: what was deleted stays there for 30 days, with all that belongs to it. */
import type { Binned } from '@datamesh/contracts';
import { type Asking, entryAbout } from '../../audit/audit';
import { type Problem, problem } from '../../http/problem';
import { mayDelete, type Person } from '../access';
import { type BinnedLayout, deletedEvent } from '../layout';
import type { LayoutStores } from '../stores';

/** Milliseconds that a layout stays in the bin. */
export const keptInBin = 30 * 86_400_000;

export const binnedFor = ({ head, bin }: Pick<BinnedLayout, 'head' | 'bin'>, person: Person): Binned => ({
  title: head.title,
  at: bin.at,
  until: new Date(Date.parse(bin.at) + keptInBin).toISOString(),
  byName: bin.byName,
  mayRestore: mayDelete(head, person),
});

/** What somebody gets who follows a link to it. */
export function inBin(layout: BinnedLayout, person: Person): Problem {
  const binned = binnedFor(layout, person);
  const next = binned.mayRestore ? 'Restore it from the bin' : 'Ask its owner to restore it';
  return problem(
    410,
    'layout_binned',
    `“${layout.head.title}” was deleted by ${binned.byName}. ${next} until ${binned.until.slice(0, 10)}`,
    {
      members: { binned },
    },
  );
}

export const notBinned = (): Problem => problem(409, 'layout_not_binned', 'This layout is not in the bin; look at the library again');

/** For ever, with what people keep on it; false: somebody was faster. */
export async function removeForEver(
  { layouts, personal, marks }: Pick<LayoutStores, 'layouts' | 'personal' | 'marks'>,
  layout: BinnedLayout,
  asking: Asking,
  at: string,
): Promise<boolean> {
  const { id, title, revision } = layout.head;
  const entry = entryAbout(asking, at, 'layout.delete', `layout:${id}`, { title, revision, forEver: true });
  if ((await layouts.remove(layout, [deletedEvent(layout.head, asking.actor, at), entry])) === 'stale') return false;
  await Promise.all([personal.removeLayout(id), marks.removeLayout(id)]);
  return true;
}
