import { randomUUID } from 'node:crypto';
import type { Department } from '@datamesh/contracts';
import type { PendingEvent } from '../../events/pending';

/** A department of the company, and the layout that its people get first. */
export interface DepartmentRecord {
  id: string;
  title: string;
  pin: { layout: string; by: string; at: string } | null;
}

export const publicDepartment = ({ id, title, pin }: DepartmentRecord): Department => ({ id, title, layout: pin?.layout ?? null });

export const pinnedEvent = (department: string, layout: string, at: string): PendingEvent => ({
  id: randomUUID(),
  type: 'pins.changed',
  at,
  data: { department, layout },
  audience: { kind: 'users', users: [], departments: [department] },
});

/**
 * The departments that a person sees: those of their claims (all, for admins), by title. One that nobody has set up here yet goes by
 * its id: the issuer may know of it first.
 */
export function departmentsFor(known: DepartmentRecord[], claimed: string[], all: boolean): Department[] {
  const found = known.filter(({ id }) => all || claimed.includes(id)).map(publicDepartment);
  const unknown = claimed.filter((id) => !known.some((one) => one.id === id)).map((id) => ({ id, title: id, layout: null }));
  return [...found, ...unknown].sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
}
