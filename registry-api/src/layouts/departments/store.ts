import type { Pending, PendingSource } from '../../events/pending';
import type { DepartmentRecord } from './department';

export interface DepartmentStore extends PendingSource {
  /** Creates or renames; the pin stays. */
  put(id: string, title: string, about: readonly Pending[]): Promise<DepartmentRecord>;
  find(id: string): Promise<DepartmentRecord | undefined>;
  /** A company has tens of them. */
  all(): Promise<DepartmentRecord[]>;
  /** Pins while the layout pinned before is still `former`; false when somebody else pinned in between. */
  pin(id: string, former: string | null, pin: NonNullable<DepartmentRecord['pin']>, about: readonly Pending[]): Promise<boolean>;
}
