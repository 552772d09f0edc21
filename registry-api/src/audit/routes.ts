import type { Request, RequestHandler } from 'express';
import { requireAdmin } from '../http/caller';
import { encodeCursor, isPositionOf, pageOf } from '../http/page';
import { problem } from '../http/problem';
import { type AuditFilters, listEntries } from './listing';
import type { AuditPosition, AuditStore } from './store';
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
  /** Names by id, of those who have signed in. */
  namesOf(people: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createAuditRoutes({ store, verifier, settle, namesOf }: AuditRoutesOptions): AuditRoutes {
  return {
    list: async (req, res) => {
      requireAdmin(req);
      const { cursor, limit } = pageOf(req, isPosition);
      await settle();
      const { items, next } = await listEntries(store, filtersOf(req), cursor, limit);
      const names = await namesOf([...new Set(items.flatMap(peopleIn))]);
      res.json({
        items,
        names: Object.fromEntries([...names].map(([id, name]) => [`user:${id}`, name])),
        next: next && encodeCursor(next),
        lookedBackTo: next?.at ?? null,
      });
    },

    verification: async (req, res) => {
      requireAdmin(req);
      res.json(await verifier.recent());
    },

    verify: async (req, res) => {
      requireAuditor(req);
      const known = String(req.query['wait']) === 'false' ? verifier.begin() : null;
      if (known) res.status(202).json(known);
      else res.json(await verifier.verify());
    },
  };
}

/** Ids. */
const peopleIn = ({ actor, subject }: { actor: string; subject: string }): string[] =>
  [actor, subject].flatMap((one) => (one.startsWith('user:') ? one.slice('user:'.length) : []));

const isPosition = isPositionOf<AuditPosition>({ at: 'string', seq: 'number' });

function filtersOf({ query }: Request): AuditFilters {
  const { actor, action, subject, from, to } = query as Partial<Record<keyof AuditFilters, string>>;
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(subject === undefined ? {} : { subject }),
    from: instantOf(from),
    to: instantOf(to),
  };
}

/** As entries have it, whatever zone it was given in. */
const instantOf = (text: string | undefined): string | null => (text === undefined ? null : new Date(text).toISOString());

/** Admins, and whoever runs the instance, at its command line; who has another secret there is told which one. */
function requireAuditor(req: Request): void {
  const { kind } = req.caller;
  if (kind === 'bootstrap') return;
  if (kind === 'token' || kind === 'layout-token' || kind === 'workload')
    throw problem(403, 'bootstrap_required', 'This needs the secret in bootstrap.json (dmb_…), or an admin who is signed in');
  requireAdmin(req);
}
