import type { Pending, PendingSource } from '../../events/pending';
import type { DepartmentRecord, Pins } from './department';

export interface DepartmentStore extends PendingSource {
  /** Creates or renames; the pins stay. */
  put(id: string, title: string, about: readonly Pending[]): Promise<DepartmentRecord>;
  find(id: string): Promise<DepartmentRecord | undefined>;
  /** A company has tens of them. */
  all(): Promise<DepartmentRecord[]>;
  /** Replaces the pins while they are still `former`; false when somebody else pinned in between. */
  setPins(id: string, former: Pins, next: Pins, about: readonly Pending[]): Promise<boolean>;
}
