/** What a department pins is changed here: by what somebody wants changed, never by the whole list, so that nobody undoes another. */
import type { Pin } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import { type Asking, entryAbout } from '../../audit/audit';
import { isoTime } from '../../clock';
import { askingOf, type Caller } from '../../http/caller';
import { type Problem, problem } from '../../http/problem';
import { mayPin } from '../../identity/roles';
import { type Person, personOrTokenOf, visibleToDepartment } from '../access';
import { type LayoutsContext, visibleLayout } from '../context';
import { beside, type DepartmentPin, type DepartmentRecord, inPlaceOfHome, maxPins, type Pins, pinnedEvent, without } from './department';
import { pinAnswer, pinnedFor } from './pin-answer';

type OfPin = RequestHandler<{ department: string; layout: string }>;

export interface PinRoutes {
  put: RequestHandler<{ department: string }>;
  pin: OfPin;
  unpin: OfPin;
}

const attempts = 10;

export function createPinRoutes(context: LayoutsContext): PinRoutes {
  const { departments, clock } = context;

  /** -> the department as it is then. `changed` throws what is wrong with the change. */
  async function change(
    id: string,
    asking: Asking,
    action: 'pin.put' | 'pin.delete',
    layout: string,
    at: string,
    changed: (former: Pins) => Pins,
  ): Promise<DepartmentRecord> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const former = await departments.find(id);
      if (!former) throw departmentUnknown(id);
      const next = changed(former);
      const details = { layout, former: former.home, home: next.home, layouts: next.pins.map((pin) => pin.layout) };
      const entry = entryAbout(asking, at, action, `department:${id}`, details);
      if (await departments.setPins(id, former, next, [pinnedEvent(id, next, at), entry])) {
        context.wakeRelay();
        // What is pinned no longer, or anew, is free of its former mark.
        for (const pin of former.pins) if (!next.pins.includes(pin)) await withdraw(context, id, pin);
        return { ...former, ...next };
      }
    }
    throw pinBusy();
  }

  async function pin(
    caller: Caller,
    asking: Asking,
    id: string,
    layout: string,
    changed: (former: Pins, pin: DepartmentPin) => Pins,
  ): Promise<Pin> {
    const person = personOrTokenOf(caller);
    if (!mayPin(caller, id)) throw pinNotAllowed();
    const record = await departments.find(id);
    if (!record) throw departmentUnknown(id);
    const at = isoTime(clock);
    const made = { layout, by: person.user, at };
    // What is refused leaves no mark behind.
    changed(record, made);
    await announce(context, id, layout, person, at);
    const next = await change(id, asking, 'pin.put', layout, at, (former) => changed(former, made));
    return pinAnswer(next, made, await pinnedFor(context, next, person));
  }

  return {
    put: async (req, res) => {
      const { layout } = req.body as { layout: string };
      res.json(await pin(req.caller, askingOf(req), req.params.department, layout, inPlaceOfHome));
    },

    pin: async (req, res) => {
      const { home: first = false, ...rest } = req.body as { home?: true; before?: string | null };
      const { department, layout } = req.params;
      const changed = (former: Pins, made: DepartmentPin): Pins => {
        const has = (id: string): boolean => former.pins.some((one) => one.layout === id);
        if (typeof rest.before === 'string' && !has(rest.before))
          throw problem(
            422,
            'layout_not_pinned',
            'The layout that it is to come before is not pinned here (any more); read the pins again',
          );
        if (former.pins.length >= maxPins && !has(layout))
          throw problem(422, 'pins_full', `A department pins at most ${maxPins} layouts; take one away first`);
        return beside(former, made, { first, ...rest });
      };
      res.json(await pin(req.caller, askingOf(req), department, layout, changed));
    },

    unpin: async (req, res) => {
      personOrTokenOf(req.caller);
      const { department: id, layout } = req.params;
      if (!mayPin(req.caller, id)) throw pinNotAllowed();
      await change(id, askingOf(req), 'pin.delete', layout, isoTime(clock), (former) => {
        const next = without(former, layout);
        if (next.pins.length === former.pins.length)
          throw problem(404, 'layout_not_pinned', 'The department does not pin that layout (any more)');
        return next;
      });
      res.status(204).end();
    },
  };
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
  throw pinBusy();
}

/**
 * A layout that was pinned before is free again. Only the mark of that pin goes: somebody may be pinning the layout anew meanwhile.
 * A mark that stays behind here holds nothing; it waits for the next delete to clear it away.
 */
async function withdraw({ layouts }: LayoutsContext, department: string, former: DepartmentPin): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const layout = await layouts.find(former.layout);
    const others = layout?.pins.filter((pin) => pin.department !== department || pin.at !== former.at);
    if (!layout || !others || others.length === layout.pins.length) return;
    if ((await layouts.setPins(layout, others)) === 'saved') return;
  }
}

const pinBusy = (): Problem => problem(409, 'pin_busy', 'Others are pinning here at the same moment; try again');

const pinNotAllowed = (): Problem => problem(403, 'pin_not_allowed', 'Admins and power users of the department pin its layouts');

const departmentUnknown = (id: string): Problem =>
  problem(404, 'department_unknown', `There is no department "${id}"; an admin creates it with PUT /api/v1/departments/${id}`);
