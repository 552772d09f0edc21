import type { Department, Pin } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import { type Asking, entryAbout } from '../../audit/audit';
import { isoTime } from '../../clock';
import { askingOf, type Caller } from '../../http/caller';
import { type Problem, problem } from '../../http/problem';
import { belongsTo, mayAdministerDepartments, mayPin } from '../../identity/roles';
import { sessionAnswer } from '../../identity/session-answer';
import { mayView, type Person, personOf, visibleToDepartment } from '../access';
import { answerOf } from '../answer';
import { included, type LayoutsContext, visibleLayout } from '../context';
import { type DepartmentRecord, departmentsFor, pinnedEvent, publicDepartment } from './department';

type OfDepartment = RequestHandler<{ department: string }>;

export interface DepartmentRoutes {
  list: RequestHandler;
  put: OfDepartment;
  readPin: OfDepartment;
  putPin: OfDepartment;
}

const attempts = 10;

export async function departmentsOf({ departments }: Pick<LayoutsContext, 'departments'>, caller: Caller): Promise<Department[]> {
  const person = personOf(caller);
  return departmentsFor(await departments.all(), person.departments, person.admin);
}

export function createDepartmentRoutes(context: LayoutsContext): DepartmentRoutes {
  const { departments, layouts, clock } = context;

  return {
    list: async (req, res) => {
      res.json({ items: await departmentsOf(context, req.caller), next: null });
    },

    put: async (req, res) => {
      personOf(req.caller);
      if (!mayAdministerDepartments(req.caller)) throw problem(403, 'role_required', 'This needs the role admin');
      const { title } = req.body as { title: string };
      const { department: id } = req.params;
      const entry = entryAbout(askingOf(req), isoTime(clock), 'department.put', `department:${id}`, { title });
      const department = await departments.put(id, title, [entry]);
      context.nudge();
      res.json(publicDepartment(department));
    },

    readPin: async (req, res) => {
      const person = personOf(req.caller);
      const { department: id } = req.params;
      if (!belongsTo(req.caller, id)) throw problem(403, 'department_not_yours', 'You do not belong to this department');
      const record = await departments.find(id);
      const layout = record?.pin && (await layouts.find(record.pin.layout));
      if (!record?.pin || !layout || !mayView(layout.head, person))
        throw problem(404, 'pin_unknown', 'This department has no pinned layout yet');
      const wanted = included(req);
      const answer = wanted.has('layout') ? await answerOf(context, layout, person, wanted.has('resolution')) : undefined;
      const session =
        answer && req.caller.kind === 'user' ? await sessionAnswer(req.caller, (caller) => departmentsOf(context, caller)) : undefined;
      res.json({ ...pinOf(record, record.pin), ...(session ? { session } : {}), ...(answer ? { answer } : {}) });
    },

    putPin: async (req, res) => {
      const person = personOf(req.caller);
      const { department: id } = req.params;
      const { layout } = req.body as { layout: string };
      if (!mayPin(req.caller, id)) throw problem(403, 'pin_not_allowed', 'Admins and power users of the department pin its layout');
      if (!(await departments.find(id))) throw departmentUnknown(id);
      const at = isoTime(clock);
      await announce(context, id, layout, person, at);
      const { former, pin } = await pinNow(id, { layout, by: person.user, at }, askingOf(req));
      context.nudge();
      if (former.pin && former.pin.layout !== layout) await withdraw(context, id, former.pin);
      res.json(pin);
    },
  };

  async function pinNow(
    id: string,
    pin: NonNullable<DepartmentRecord['pin']>,
    asking: Asking,
  ): Promise<{ former: DepartmentRecord; pin: Pin }> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const former = await departments.find(id);
      if (!former) throw departmentUnknown(id);
      const before = former.pin?.layout ?? null;
      const entry = entryAbout(asking, pin.at, 'pin.put', `department:${id}`, { layout: pin.layout, former: before });
      if (await departments.pin(id, before, pin, [pinnedEvent(id, pin.layout, pin.at), entry]))
        return { former, pin: pinOf({ ...former, pin }, pin) };
    }
    throw problem(409, 'pin_busy', 'Others are pinning here at the same moment; try again');
  }
}

/**
 * Marks the layout as pinned before the department points at it. Layout and department are two documents: from here on the layout
 * can neither be deleted nor hidden from the department, so the pin can never lead nowhere.
 */
async function announce(context: LayoutsContext, department: string, id: string, person: Person, at: string): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const layout = await visibleLayout(context, id, person);
    if (!visibleToDepartment(layout.head, department))
      throw problem(422, 'layout_not_shared', 'The people of this department do not see that layout; share it with them first');
    const others = layout.pins.filter((pin) => pin.department !== department);
    if ((await context.layouts.setPins(layout, [...others, { department, at }])) === 'saved') return;
  }
  throw problem(409, 'pin_busy', 'The layout is being changed at the same moment; try again');
}

/**
 * The layout that was pinned before is free again. Only the mark of that pin goes: somebody may be pinning the layout anew meanwhile.
 * A mark that stays behind here holds nothing; it waits for the next delete to clear it away.
 */
async function withdraw({ layouts }: LayoutsContext, department: string, former: NonNullable<DepartmentRecord['pin']>): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const layout = await layouts.find(former.layout);
    const others = layout?.pins.filter((pin) => pin.department !== department || pin.at !== former.at);
    if (!layout || !others || others.length === layout.pins.length) return;
    if ((await layouts.setPins(layout, others)) === 'saved') return;
  }
}

const pinOf = (record: DepartmentRecord, { layout, by, at }: NonNullable<DepartmentRecord['pin']>): Pin => ({
  department: publicDepartment(record),
  layout,
  pinnedBy: by,
  pinnedAt: at,
});

const departmentUnknown = (id: string): Problem =>
  problem(404, 'department_unknown', `There is no department "${id}"; an admin creates it with PUT /api/v1/departments/${id}`);
