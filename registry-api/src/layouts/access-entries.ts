import type { AccessEntry } from '@datamesh/contracts';
import type { Sharing } from './access';

export interface NamesOfAccess {
  /** By id, of those who have signed in. */
  people: ReadonlyMap<string, string>;
  /** Titles by id. */
  departments: ReadonlyMap<string, string>;
  /** Ids of departments that open the layout first. */
  pinnedBy: readonly string[];
}

/** Who has access to a layout, and why: its owner, those it was granted to, those of its visibility, those who pin it, admins. */
export function accessEntries(layout: Sharing, { people, departments, pinnedBy }: NamesOfAccess): AccessEntry[] {
  const nameOf = (to: string): string => {
    const id = to.slice(to.indexOf(':') + 1);
    return (to.startsWith('user:') ? people.get(id) : departments.get(id)) ?? id;
  };
  const entry = (to: string, may: AccessEntry['may'], why: AccessEntry['why'], name = nameOf(to)): AccessEntry => ({ to, name, may, why });
  const granted = layout.grants
    .map(({ to, may }) => entry(to, may, 'grant'))
    .sort((a, b) => byKind(a) - byKind(b) || order(a.name, b.name));
  const { visibility, department } = layout;
  return [
    entry(layout.owner, 'own', 'owner'),
    ...granted,
    ...(visibility === 'department' && department !== null ? [entry(`department:${department}`, 'view', 'department')] : []),
    ...(visibility === 'company' ? [entry('company', 'view', 'company', 'Everybody in the company')] : []),
    ...pinnedBy.map((id) => entry(`department:${id}`, 'view', 'pinned')),
    entry('admins', 'edit', 'admin', 'Administrators'),
  ];
}

const byKind = ({ to }: AccessEntry): number => (to.startsWith('user:') ? 0 : 1);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
