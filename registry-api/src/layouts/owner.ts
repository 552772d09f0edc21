import type { LayoutHead } from './layout';

export const ownerIn = ({ owner }: Pick<LayoutHead, 'owner'>): string => owner.slice('user:'.length);

/** `names`: of those that are known, by id. */
export function ownerNameOf(head: Pick<LayoutHead, 'owner' | 'updatedBy' | 'updatedByName'>, names: ReadonlyMap<string, string>): string {
  const { owner, updatedBy, updatedByName } = head;
  // Whoever has not been here since names are kept has most likely changed it last.
  return names.get(ownerIn(head)) ?? (updatedBy === owner ? updatedByName : ownerIn(head));
}
