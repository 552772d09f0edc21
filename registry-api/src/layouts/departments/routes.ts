import type { Department } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import { entryAbout } from '../../audit/audit';
import { isoTime } from '../../clock';
import { askingOf, type Caller } from '../../http/caller';
import { problem } from '../../http/problem';
import { belongsTo, mayAdministerDepartments } from '../../identity/roles';
import { sessionAnswer } from '../../identity/session-answer';
import { personOf, personOrTokenOf } from '../access';
import { answerOf } from '../answer';
import { included, type LayoutsContext } from '../context';
import { departmentsFor, publicDepartment } from './department';
import { pinAnswer, pinnedFor } from './pin-answer';

type OfDepartment = RequestHandler<{ department: string }>;

export interface DepartmentRoutes {
  list: RequestHandler;
  put: OfDepartment;
  readPin: OfDepartment;
}

export async function departmentsOf({ departments }: Pick<LayoutsContext, 'departments'>, caller: Caller): Promise<Department[]> {
  const person = personOf(caller);
  return departmentsFor(await departments.all(), person.departments, person.admin);
}

export function createDepartmentRoutes(context: LayoutsContext): DepartmentRoutes {
  const { departments, clock } = context;

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
      context.wakeRelay();
      res.json(publicDepartment(department));
    },

    readPin: async (req, res) => {
      const person = personOrTokenOf(req.caller);
      const { department: id } = req.params;
      if (!belongsTo(req.caller, id)) throw problem(403, 'department_not_yours', 'You do not belong to this department');
      const record = await departments.find(id);
      const visible = record ? await pinnedFor(context, record, person) : [];
      const asked = req.query['layout'];
      const found = visible.find(({ pin }) => pin.layout === (asked ?? record?.home)) ?? (asked === undefined ? visible[0] : undefined);
      if (!record || visible.length === 0) throw problem(404, 'pin_unknown', 'This department has no pinned layout yet');
      if (!found) throw problem(404, 'layout_not_pinned', `${record.title} does not pin that layout (any more)`);
      const wanted = included(req);
      const answer = wanted.has('layout') ? await answerOf(context, found.layout, person, wanted) : undefined;
      const session =
        answer && req.caller.kind === 'user' ? await sessionAnswer(req.caller, (caller) => departmentsOf(context, caller)) : undefined;
      res.json({ ...pinAnswer(record, found.pin, visible), ...(session ? { session } : {}), ...(answer ? { answer } : {}) });
    },
  };
}
