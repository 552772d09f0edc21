import type { LayoutHead } from '../layout';
import type { ListPosition } from '../store';

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
