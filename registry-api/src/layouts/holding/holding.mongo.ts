/** Layouts by the terms of their panels: led by the most particular term, whose index has the order in which lists show layouts. */
import type { Connection } from 'mongoose';
import type { PanelDocument } from '../document';
import type { LayoutHead } from '../layout';
import type { LayoutStore } from '../store';

interface Held {
  _id: string;
  updatedAt: string;
  readers: string[];
  head: LayoutHead;
  body: { panels: Pick<PanelDocument, 'id' | 'terms'>[] };
}

/** What the index is of. */
export const termsIndex = { 'body.panels.terms': 1, updatedAt: -1, _id: -1 } as const;

/** Neither deleted nor in the bin. */
const there = { deleted: false, bin: null } as const;

export function mongoHolding(connection: Connection): Pick<LayoutStore, 'holders' | 'countHolders'> {
  const layouts = connection.collection<Held & { deleted: boolean; bin: object | null }>('layouts');
  const having = ([lead, ...others]: readonly string[]) => ({
    'body.panels.terms': lead,
    ...(others.length > 0 ? { 'body.panels': { $elemMatch: { terms: { $all: [lead, ...others] } } } } : {}),
    ...there,
  });
  return {
    async holders({ terms, readers, after, limit }) {
      const found = await layouts
        .find({
          ...having(terms),
          ...(readers ? { readers: { $in: readers } } : {}),
          ...(after ? { $or: [{ updatedAt: { $lt: after.updatedAt } }, { updatedAt: after.updatedAt, _id: { $lt: after.id } }] } : {}),
        })
        .project<Held>({ head: 1, 'body.panels.id': 1, 'body.panels.terms': 1 })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return found.map(({ head, body }) => ({
        head,
        panels: body.panels.flatMap((panel) => (terms.every((term) => panel.terms.includes(term)) ? [panel.id] : [])).sort(),
      }));
    },
    countHolders: (terms) => layouts.countDocuments(having(terms)),
  };
}
