import { searchWords } from '@datamesh/contracts/search-words';
import type { RequestHandler } from 'express';
import { requireAdmin } from '../../http/caller';
import { encodeCursor, isPositionOf, pageOf } from '../../http/page';
import { type PeopleStore, type PersonPosition, positionOf } from './store';

const isPosition = isPositionOf<PersonPosition>({ sorted: 'string', id: 'string' });

/** GET /accounts: who has signed in, and as what. The company's issuer says who may what; this is what it said last. */
export function createAccountsRoute(people: PeopleStore): RequestHandler {
  return async (req, res) => {
    requireAdmin(req);
    const { cursor, limit } = pageOf(req, isPosition);
    const found = await people.page({ words: searchWords(String(req.query['q'] ?? '')), after: cursor, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    res.json({
      items: items.map(({ signedInAt, ...person }) => ({ ...person, signedInAt: new Date(signedInAt).toISOString() })),
      next: last && found.length > limit ? encodeCursor(positionOf(last)) : null,
    });
  };
}
