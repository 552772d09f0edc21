import type { RequestHandler } from 'express';
import { requireAdmin } from '../http/caller';
import { encodeCursor, isNumber, pageOf } from '../http/page';
import type { AuditStore } from './store';

export interface AuditRoutes {
  list: RequestHandler;
}

export function createAuditRoutes({ store }: { store: AuditStore }): AuditRoutes {
  return {
    list: async (req, res) => {
      requireAdmin(req);
      const { cursor, limit } = pageOf(req, isNumber);
      const items = await store.newest(limit, cursor);
      const last = items.at(-1);
      res.json({ items, next: last && last.seq > 1 && items.length === limit ? encodeCursor(last.seq) : null });
    },
  };
}
