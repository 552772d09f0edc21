import type { RequestHandler } from 'express';
import { requireAdmin } from '../http/caller';
import { encodeCursor, isNumber, pageOf } from '../http/page';
import type { AuditStore } from './store';
import type { Verifier } from './verification';

export interface AuditRoutes {
  list: RequestHandler;
  verification: RequestHandler;
  verify: RequestHandler;
}

export interface AuditRoutesOptions {
  store: AuditStore;
  verifier: Verifier;
  /** Everything that was written before is in the log when this returns. */
  settle(): Promise<void>;
}

export function createAuditRoutes({ store, verifier, settle }: AuditRoutesOptions): AuditRoutes {
  return {
    list: async (req, res) => {
      requireAdmin(req);
      const { cursor, limit } = pageOf(req, isNumber);
      await settle();
      const items = await store.newest(limit, cursor);
      const last = items.at(-1);
      res.json({ items, next: last && last.seq > 1 && items.length === limit ? encodeCursor(last.seq) : null });
    },

    verification: async (req, res) => {
      requireAdmin(req);
      res.json(await verifier.recent());
    },

    // Also for whoever runs the instance, at its command line.
    verify: async (req, res) => {
      if (req.caller.kind !== 'bootstrap') requireAdmin(req);
      res.json(await verifier.verify());
    },
  };
}
