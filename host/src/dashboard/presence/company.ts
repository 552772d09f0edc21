import type { PresentPerson } from '@datamesh/contracts';

export interface Company {
  /** Of the layout that is shown, without oneself. */
  people: readonly PresentPerson[];
  /** There are others besides. */
  more: boolean;
}

export const ALONE: Company = { people: [], more: false };
