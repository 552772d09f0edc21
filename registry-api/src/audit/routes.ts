import type { Request, RequestHandler } from 'express';
import { requireAdmin } from '../http/caller';
import { encodeCursor, isNumber, pageOf } from '../http/page';
import { problem } from '../http/problem';
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

    verify: async (req, res) => {
      requireAuditor(req);
      res.json(await verifier.verify());
    },
  };
}

/** Admins, and whoever runs the instance, at its command line; who has another secret there is told which one. */
function requireAuditor(req: Request): void {
  const { kind } = req.caller;
  if (kind === 'bootstrap') return;
  if (kind === 'token' || kind === 'workload')
    throw problem(403, 'bootstrap_required', 'This needs the secret in bootstrap.json (dmb_…), or an admin who is signed in');
  requireAdmin(req);
}
