import { type Problem, problem } from '../http/problem';
import { visibleToDepartment } from './access';
import type { LayoutsContext } from './context';
import type { LayoutRecord } from './layout';
import type { Shared } from './sharing';

/** A pin that was announced this long ago and never happened was left by a crash, milliseconds. */
const pinsSettle = 60_000;

/** Departments that really pin it, or are about to; marks that a crash left behind do not count. */
export async function pinningDepartments({ departments, clock }: LayoutsContext, { head, pins }: LayoutRecord): Promise<string[]> {
  const found: string[] = [];
  for (const { department, at } of pins) {
    const record = await departments.find(department);
    if (record?.pins.some(({ layout }) => layout === head.id) || clock() - Date.parse(at) < pinsSettle) found.push(department);
  }
  return found;
}

export const pinned = (departments: string[], detail: string): Problem =>
  problem(409, 'layout_pinned', `This layout is pinned by ${departments.join(', ')}. ${detail}`);

/** Refuses to hide a layout from the people of a department that pins it. */
export async function keepPinsVisible(context: LayoutsContext, former: LayoutRecord, next: Shared): Promise<void> {
  const hidden = former.pins.filter(({ department }) => !visibleToDepartment(next, department));
  const departments = await pinningDepartments(context, { ...former, pins: hidden });
  if (departments.length > 0) throw pinned(departments, 'Its people would no longer see it');
}
