import type { Pending, PendingSource } from '../events/pending';
import type { BinMark, BinnedLayout, LayoutHead, LayoutRecord, PinMark } from './layout';

/** A place in a list: most recently updated first; in the bin, last put there first. */
export interface ListPosition {
  updatedAt: string;
  id: string;
}

/** A place in the order of titles. */
export interface TitlePosition {
  /** As titleKey gives it. */
  title: string;
  id: string;
}

/** Most recently updated first, or by title; and what the list goes on behind. */
export type ListOrder = { sort?: 'changed'; after: ListPosition | null } | { sort: 'title'; after: TitlePosition | null };

export type ListQuery = ListOrder & {
  /** Words of readersOf, one of which must fit; null: no matter. */
  readers: string[] | null;
  owner?: string;
  /** Not those of this owner. */
  notOwner?: string;
  /** As searchWords gives them: each is in a word of the title. */
  words?: string[];
  /** Only layouts of one of these departments. */
  departments?: string[];
  /** Only these. */
  ids?: string[];
  limit: number;
};

/** What its order goes by before the id. */
export const keyOf = (position: ListPosition | TitlePosition): string => ('title' in position ? position.title : position.updatedAt);

export type Revision = Pick<LayoutRecord, 'head' | 'body'>;

export interface BinQuery {
  /** Whose layouts. */
  owners: string[];
  after: ListPosition | null;
  limit: number;
}

/** A layout with panels that have every term. */
export interface Holder {
  head: LayoutHead;
  /** Their ids. */
  panels: string[];
}

export interface HoldersQuery {
  /** As termsAsked gives them, at least one. */
  terms: readonly string[];
  /** Words of readersOf, one of which must fit; null: no matter. */
  readers: readonly string[] | null;
  after: ListPosition | null;
  limit: number;
}

/**
 * Layouts, their former revisions, and what waits about them. One layout is the unit of atomicity: a change, its revision number, its
 * event and its audit entry become visible together.
 */
export interface LayoutStore extends PendingSource {
  create(layout: LayoutRecord, about: readonly Pending[]): Promise<void>;
  find(id: string): Promise<LayoutRecord | undefined>;
  list(query: ListQuery): Promise<LayoutHead[]>;
  /**
   * Replaces `former` by `next` and keeps `former` as a revision. `stale` when its revision or its pins are no longer those of
   * `former`: of several that save at once, exactly one wins.
   */
  save(former: LayoutRecord, next: Revision, about: readonly Pending[]): Promise<'saved' | 'stale'>;
  /** Into the bin, where only the operations below find it; all that belongs to it stays. `stale` as for save. */
  bin(layout: LayoutRecord, mark: BinMark, about: readonly Pending[]): Promise<'binned' | 'stale'>;
  findBinned(id: string): Promise<BinnedLayout | undefined>;
  listBinned(query: BinQuery): Promise<Pick<BinnedLayout, 'head' | 'bin'>[]>;
  /** Ids of those that were put there before that time, the first first. */
  binnedBefore(at: string, limit: number): Promise<string[]>;
  /** As it was; `stale`: it is no longer there since that mark. */
  restore(layout: BinnedLayout, about: readonly Pending[]): Promise<'restored' | 'stale'>;
  /** Out of the bin for ever, with its revisions; `stale` as for restore. */
  remove(layout: BinnedLayout, about: readonly Pending[]): Promise<'removed' | 'stale'>;
  /** Former revisions, newest first, below `before` when it is given; the current one is not among them. */
  revisions(id: string, before: number | null, limit: number): Promise<LayoutHead[]>;
  revision(id: string, revision: number): Promise<Revision | undefined>;
  /** null takes the name away. `unknown`: the layout is gone; `full`: `maxRevisionNames` of it have one. Nothing else of the layout changes. */
  nameRevision(id: string, revision: number, name: string | null, about: readonly Pending[]): Promise<'named' | 'full' | 'unknown'>;
  /** By revision, of those that have one. */
  revisionNames(id: string): Promise<Map<number, string>>;
  /** Replaces the pins of `layout`; `stale` as for save. The revision stays: nothing of the content has changed. */
  setPins(layout: LayoutRecord, pins: PinMark[]): Promise<'saved' | 'stale'>;
  /** How many layouts were copied from each of these, without those in the bin; what nobody copied is absent. */
  copies(ids: readonly string[]): Promise<Map<string, number>>;
  /** How many layouts use each of these widgets; names that none uses are absent. */
  using(widgets: string[]): Promise<Map<string, number>>;
  /** Layouts of which one panel has all these terms, most recently updated first. What is in the bin has none. */
  holders(query: HoldersQuery): Promise<Holder[]>;
  /** How many there are, whoever may see them. */
  countHolders(terms: readonly string[]): Promise<number>;
}

/** More names than this help nobody to find anything. */
export const maxRevisionNames = 100;

/** What compare-and-set compares pins by. */
export const pinKey = (pins: PinMark[]): string => JSON.stringify(pins.map(({ department, at }) => `${department} ${at}`).sort());
