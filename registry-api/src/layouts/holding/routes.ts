import type { HoldingLayout } from '@datamesh/contracts';
import type { Request, RequestHandler } from 'express';
import { encodeCursor, pageOf } from '../../http/page';
import { type Problem, problem } from '../../http/problem';
import { type Person, personOf, readersFor } from '../access';
import type { LayoutsContext } from '../context';
import { isPosition } from '../list';
import { ownerIn, ownerNameOf } from '../owner';
import type { Holder } from '../store';
import { type HoldingQuestion, termsAsked } from './terms';

/** Which layouts hold something, for whoever looks after it. */
export function createHoldingRoute({ layouts, people, checkLooksAfter }: LayoutsContext): RequestHandler {
  /** Whose layouts may be named; null: nobody's. */
  async function asker(req: Request, { widget }: HoldingQuestion): Promise<Person | null> {
    if (widget !== undefined) await checkLooksAfter(req, widget);
    if (widget !== undefined && req.caller.kind === 'token') return null;
    const person = personOf(req.caller);
    if (widget === undefined && !person.admin)
      throw problem(403, 'role_required', 'This needs the role admin; the team of a widget asks with `widget`');
    return person;
  }

  return async (req, res) => {
    const question = req.query as HoldingQuestion;
    // Who asks first: what is wrong with the question is nobody else's matter.
    const person = await asker(req, question);
    const terms = termsAsked(question);
    if (terms.length === 0 || (question.value !== undefined && question.setting === undefined)) throw nothingAsked();
    const { cursor, limit } = pageOf(req, isPosition);
    const [total, found] = await Promise.all([
      layouts.countHolders(terms),
      person ? layouts.holders({ terms, readers: readersFor(person), after: cursor, limit: limit + 1 }) : [],
    ]);
    const items = found.slice(0, limit);
    const last = items.at(-1)?.head;
    const names = await people.names(items.map(({ head }) => ownerIn(head)));
    res.json({
      total,
      items: items.map((holder) => holdingLayoutOf(holder, names)),
      next: found.length > limit && last ? encodeCursor({ updatedAt: last.updatedAt, id: last.id }) : null,
    });
  };
}

const nothingAsked = (): Problem =>
  problem(400, 'nothing_asked', 'Say a widget, a source or a setting to look for; a value belongs to a setting');

const holdingLayoutOf = ({ head, panels }: Holder, names: ReadonlyMap<string, string>): HoldingLayout => {
  const { id, title, owner, department, updatedAt } = head;
  return { id, title, owner, ownerName: ownerNameOf(head, names), department, updatedAt, panels };
};
