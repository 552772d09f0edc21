import { randomUUID } from 'node:crypto';
import type { Layout, LayoutContent } from '@datamesh/contracts';
import type { Audience, PendingEvent } from '../events/pending';

/** Everything about a layout but what is in it: enough to list it and to decide who may do what. */
export interface LayoutHead {
  id: string;
  /** `user:<id>` */
  owner: string;
  title: string;
  department: string | null;
  visibility: Layout['visibility'];
  grants: Layout['grants'];
  revision: number;
  forkedFrom: Layout['forkedFrom'];
  updatedAt: string;
  /** `user:<id>`, or `token:<id>` */
  updatedBy: string;
  updatedByName: string;
  message?: string;
}

/** What is in it. Settings are anybody's keys, dots and dollar signs included, in an order that means something: see document.ts. */
export type LayoutBody = Pick<LayoutContent, 'tree' | 'panels' | 'defaultChannel' | 'filters'>;

export interface LayoutRecord {
  head: LayoutHead;
  body: LayoutBody;
  /** Departments whose people get this layout first, and when each began to. */
  pins: PinMark[];
}
export interface PinMark {
  department: string;
  /** ISO 8601 */
  at: string;
}

/** When, and by whom, it was put into the bin. */
export interface BinMark {
  /** ISO 8601 */
  at: string;
  /** `user:<id>` */
  by: string;
  byName: string;
}
export interface BinnedLayout extends LayoutRecord {
  bin: BinMark;
}

/** Who writes, as revisions name them. */
export interface Author {
  /** `user:<id>`, or `token:<id>` */
  user: string;
  name: string;
}

export const layoutOf = ({ head, body }: Pick<LayoutRecord, 'head' | 'body'>): Layout => ({ ...head, ...body });

export function createLayout(
  content: LayoutContent,
  author: Author,
  at: string,
  extra: Partial<Pick<LayoutHead, 'forkedFrom' | 'message'>> = {},
): LayoutRecord {
  return {
    ...revised(
      content,
      { id: randomUUID(), owner: author.user, revision: 0, forkedFrom: extra.forkedFrom ?? null },
      author,
      at,
      extra.message,
    ),
    pins: [],
  };
}

/** The next revision of `former` with this content. */
export function revised(
  { title, department, visibility, grants, tree, panels, defaultChannel, filters }: LayoutContent,
  former: Pick<LayoutHead, 'id' | 'owner' | 'revision' | 'forkedFrom'>,
  author: Author,
  at: string,
  message: string | undefined,
): Pick<LayoutRecord, 'head' | 'body'> {
  const { id, owner, revision, forkedFrom } = former;
  return {
    head: {
      id,
      owner,
      title,
      department,
      visibility,
      grants,
      revision: revision + 1,
      forkedFrom,
      updatedAt: at,
      updatedBy: author.user,
      updatedByName: author.name,
      ...(message === undefined ? {} : { message }),
    },
    body: { tree, panels, defaultChannel, filters },
  };
}

/** Names of the widgets in it, each once. */
export const widgetsIn = ({ panels }: Pick<LayoutBody, 'panels'>): string[] => [
  ...new Set(Object.values(panels).map(({ widget }) => nameIn(widget))),
];
/** The widget's name in a spec such as `series-chart@stable`. */
export const nameIn = (spec: string): string => spec.slice(0, spec.indexOf('@'));
/** Different specs in it, in the order of the panels. */
export const specsIn = ({ panels }: Pick<LayoutBody, 'panels'>): string[] => [
  ...new Set(Object.values(panels).map(({ widget }) => widget)),
];

/** Who may see it, as words that a store can look up: `user:<id>`, `department:<id>`, `company`. */
export function readersOf({
  owner,
  department,
  visibility,
  grants,
}: Pick<LayoutHead, 'owner' | 'department' | 'visibility' | 'grants'>): string[] {
  const readers = new Set([owner, ...grants.map(({ to }) => to)]);
  if (visibility === 'company') readers.add('company');
  if (visibility === 'department' && department !== null) readers.add(`department:${department}`);
  return [...readers];
}

/** Whoever may see one of these states of a layout hears of the change, so also those whom it was taken from. */
export function audienceOf(...heads: LayoutHead[]): Audience {
  const readers = new Set(heads.flatMap(readersOf));
  if (readers.has('company')) return { kind: 'all' };
  const named = (prefix: string): string[] =>
    [...readers].filter((reader) => reader.startsWith(prefix)).map((reader) => reader.slice(prefix.length));
  return { kind: 'users', users: named('user:'), departments: named('department:') };
}

/** Of people, whom it is shared with by name. */
const namedIn = ({ grants }: Pick<LayoutHead, 'grants'>): string =>
  grants
    .map(({ to }) => to)
    .filter((to) => to.startsWith('user:'))
    .sort()
    .join(' ');

export function changedEvent(next: LayoutHead, former?: LayoutHead): PendingEvent {
  const { id, revision, updatedAt, updatedBy } = next;
  return {
    id: randomUUID(),
    type: 'layouts.changed',
    at: updatedAt,
    data: { layout: id, revision, by: updatedBy, ...(namedIn(next) === (former ? namedIn(former) : '') ? {} : { sharing: true }) },
    audience: audienceOf(next, ...(former ? [former] : [])),
  };
}

/** Back from the bin: whoever may see it hears of it as of any change. */
export const restoredEvent = (head: LayoutHead, by: string, at: string): PendingEvent => ({
  ...changedEvent(head),
  at,
  data: { layout: head.id, revision: head.revision, by },
});

export function deletedEvent(head: LayoutHead, by: string, at: string): PendingEvent {
  return {
    id: randomUUID(),
    type: 'layouts.changed',
    at,
    data: { layout: head.id, revision: head.revision, by, deleted: true },
    audience: audienceOf(head),
  };
}
