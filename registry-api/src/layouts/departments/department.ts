import { randomUUID } from 'node:crypto';
import type { Department } from '@datamesh/contracts';
import type { PendingEvent } from '../../events/pending';

/** A department of the company, and the layouts that its people get. */
export interface DepartmentRecord extends Pins {
  id: string;
  title: string;
}

export interface Pins {
  /** What is opened first, one of `pins`; null while there are none. */
  home: string | null;
  /** In the order in which they are offered. */
  pins: readonly DepartmentPin[];
}

export interface DepartmentPin {
  layout: string;
  by: string;
  at: string;
}

/** As many as there are keys to switch with. */
export const maxPins = 9;

export const publicDepartment = ({ id, title, home, pins }: DepartmentRecord): Department => ({
  id,
  title,
  layout: home,
  layouts: pins.map(({ layout }) => layout),
});

export const pinnedEvent = (department: string, { home, pins }: Pins, at: string): PendingEvent => ({
  id: randomUUID(),
  type: 'pins.changed',
  at,
  data: { department, layout: home, layouts: pins.map(({ layout }) => layout) },
  audience: { kind: 'users', users: [], departments: [department] },
});

/** What compare-and-set compares the pins of a department by. */
export const pinsKey = ({ home, pins }: Pins): string => JSON.stringify([home, ...pins.map(({ layout, at }) => `${layout} ${at}`)]);

/** The pin takes the place of the home, which is pinned no more; a home that is pinned anew stays where it is. */
export function inPlaceOfHome({ home, pins }: Pins, pin: DepartmentPin): Pins {
  const others = pins.filter(({ layout }) => layout !== pin.layout || layout === home);
  const at = others.findIndex(({ layout }) => layout === home);
  return { home: pin.layout, pins: at === -1 ? [...others, pin] : others.with(at, pin) };
}

/** The pin beside the others: before one of them, last (null), or where it is (undefined; a new one last). */
export function beside({ home, pins }: Pins, pin: DepartmentPin, { first, before }: { first: boolean; before?: string | null }): Pins {
  const next = first || home === null ? pin.layout : home;
  const known = pins.findIndex(({ layout }) => layout === pin.layout);
  if (before === pin.layout || (before === undefined && known !== -1)) return { home: next, pins: pins.with(known, pin) };
  const others = pins.filter(({ layout }) => layout !== pin.layout);
  const at = typeof before === 'string' ? others.findIndex(({ layout }) => layout === before) : others.length;
  return { home: next, pins: others.toSpliced(at, 0, pin) };
}

export function without({ home, pins }: Pins, gone: string): Pins {
  const others = pins.filter(({ layout }) => layout !== gone);
  return { home: home === gone ? (others[0]?.layout ?? null) : home, pins: others };
}

/**
 * The departments that a person sees: those of their claims (all, for admins), by title. One that nobody has set up here yet goes by
 * its id: the issuer may know of it first.
 */
export function departmentsFor(known: DepartmentRecord[], claimed: string[], all: boolean): Department[] {
  const found = known.filter(({ id }) => all || claimed.includes(id)).map(publicDepartment);
  const unknown = claimed
    .filter((id) => !known.some((one) => one.id === id))
    .map((id) => publicDepartment({ id, title: id, home: null, pins: [] }));
  return [...found, ...unknown].sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
}
