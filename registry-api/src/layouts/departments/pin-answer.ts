import type { Pin } from '@datamesh/contracts';
import { mayView, type Person } from '../access';
import type { LayoutsContext } from '../context';
import type { LayoutRecord } from '../layout';
import { type DepartmentPin, type DepartmentRecord, publicDepartment } from './department';

export interface PinnedRecord {
  pin: DepartmentPin;
  layout: LayoutRecord;
}

/** What a department pins, in its order, as far as this person sees it. */
export async function pinnedFor(
  { layouts }: Pick<LayoutsContext, 'layouts'>,
  { pins }: DepartmentRecord,
  person: Person,
): Promise<PinnedRecord[]> {
  const found = await Promise.all(pins.map(async (pin) => ({ pin, layout: await layouts.find(pin.layout) })));
  return found.flatMap(({ pin, layout }) => (layout && mayView(layout.head, person) ? [{ pin, layout }] : []));
}

export const pinAnswer = (record: DepartmentRecord, { layout, by, at }: DepartmentPin, visible: readonly PinnedRecord[]): Pin => ({
  department: publicDepartment(record),
  layout,
  pinnedBy: by,
  pinnedAt: at,
  pinned: visible.map(({ pin, layout: { head } }) => ({ layout: head.id, title: head.title, pinnedBy: pin.by, pinnedAt: pin.at })),
});
