import type { Layout, ResolutionItem } from '@datamesh/contracts';
import type { Request } from 'express';
import type { Clock } from '../clock';
import { type Problem, problem } from '../http/problem';
import type { PeopleStore } from '../identity/people/store';
import type { Pool } from '../workers/pool';
import { mayView, type Person, requireDelete } from './access';
import { inBin, notBinned } from './bin/bin';
import { type Author, type BinnedLayout, type LayoutRecord, layoutOf } from './layout';
import type { SharingRules } from './sharing';
import type { LayoutStores } from './stores';

/** What every handler of this room works with. */
export interface LayoutsContext extends LayoutStores {
  clock: Clock;
  sharing: SharingRules;
  people: PeopleStore;
  /** Something waits to be relayed. */
  wakeRelay(): void;
  /** Somebody came to a layout or left it, or does something else there. */
  presenceChanged(layout: string): void;
  /** One item for each spec, in the order asked. */
  resolve(specs: string[]): Promise<ResolutionItem[]>;
  /** Checks settings by widgets' schemas. */
  settingsThreads: Pool;
  /** Which of these widgets the registry has. */
  knownWidgets(names: string[]): Promise<ReadonlySet<string>>;
  /** Refuses whoever does not look after that widget. */
  checkLooksAfter(req: Pick<Request, 'caller'>, widget: string): Promise<unknown>;
}

/** `members`: what else the answer says. */
export const layoutUnknown = (members?: Record<string, unknown>): Problem =>
  problem(404, 'layout_unknown', 'There is no such layout, or it is not shared with you', members && { members });

/** The layout that the path names, for a person who may see it; 410 when it is in the bin. To everybody else it does not exist. */
export async function visibleLayout({ layouts }: Pick<LayoutsContext, 'layouts'>, id: string, person: Person): Promise<LayoutRecord> {
  const found = await layouts.find(id);
  if (found && mayView(found.head, person)) return found;
  const binned = found ? undefined : await layouts.findBinned(id);
  throw binned && mayView(binned.head, person) ? inBin(binned, person) : layoutUnknown();
}

/** What the path names, in the bin, for whoever may restore it. */
export async function restorableLayout({ layouts }: Pick<LayoutsContext, 'layouts'>, id: string, person: Person): Promise<BinnedLayout> {
  const binned = await layouts.findBinned(id);
  const layout = binned ?? (await layouts.find(id));
  if (!layout || !mayView(layout.head, person)) throw layoutUnknown();
  requireDelete(layout.head, person);
  if (!binned) throw notBinned();
  return binned;
}

export const authorOf = ({ user, name }: Person): Author => ({ user, name });

/** The layout without what this person may not know: which one it was copied from is told to whoever may see that one. */
export async function layoutFor(
  { layouts }: Pick<LayoutsContext, 'layouts'>,
  layout: Parameters<typeof layoutOf>[0],
  person: Person,
): Promise<Layout> {
  const answered = layoutOf(layout);
  const origin = answered.forkedFrom && (await layouts.find(answered.forkedFrom.layout));
  return origin && mayView(origin.head, person) ? answered : { ...answered, forkedFrom: null };
}

/** The words of `?include=layout,resolution`. */
export function included({ query }: Pick<Request, 'query'>): Set<string> {
  const { include } = query;
  return new Set(typeof include === 'string' ? include.split(',').map((word) => word.trim()) : []);
}
