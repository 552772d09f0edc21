/** /api/tracker/v1: HTTP in and out. The document of the contract checks parameters and answers before and after these handlers. */
import type { Dimension, Series, Summary, Top, TrackerSite } from '@datamesh/contracts';
import { type Request, type Response, Router } from 'express';
import { ProblemError } from '../http/problem';
import type { Callers } from '../identity/callers';
import type { Site, Sites } from '../sites/site';
import { maySee, signedIn, visibleSite } from './access';
import { type Bucket, bucketStarts } from './buckets';
import type { Asking, QueryEngine } from './port';
import { scopeOf } from './scope';

export interface QueryDeps {
  engine: QueryEngine;
  callers: Callers;
  sites: Sites;
  now(): number;
  timed(operation: string, milliseconds: number, outcome: 'answered' | 'failed' | 'cancelled'): void;
  /** Milliseconds after which a query is given up. */
  timeout: number;
}

const LIVE = 5 * 60_000;

export function createQueryRoutes(deps: QueryDeps): Router {
  const { engine } = deps;
  const router = Router();

  router.get('/sites', async (request, response) => {
    const claims = signedIn(await deps.callers.identify(request.headers.authorization));
    response.json({ items: [...deps.sites.values()].filter((site) => maySee(claims, site)).map(shown) });
  });

  answer('/summary', async (query, asking): Promise<Summary> => {
    const scope = scopeOf(query as Parameters<typeof scopeOf>[0]);
    const before = { ...scope, from: scope.from - (scope.to - scope.from), to: scope.from };
    const [current, previous, live] = await Promise.all([
      engine.totals(scope, asking),
      engine.totals(before, asking),
      engine.live(scope.site, deps.now() - LIVE, scope.filters, asking),
    ]);
    return { current, previous, live };
  });

  answer('/series', async (query, asking): Promise<Series> => {
    const scope = scopeOf(query as Parameters<typeof scopeOf>[0]);
    const { bucket: asked, zone } = query as { bucket: Bucket | 'auto'; zone: string };
    const { bucket, starts } = bucketStarts(scope.from, scope.to, asked, zone);
    const counted = new Map((await engine.series(scope, starts, asking)).map((point) => [point.start, point]));
    const points = starts.map((start) => {
      const { views = 0, visitors = 0 } = counted.get(start) ?? {};
      return { t: new Date(start).toISOString(), views, visitors };
    });
    return { bucket, zone, points };
  });

  answer('/top', async (query, asking): Promise<Top> => {
    const { dimension, limit } = query as { dimension: Dimension; limit: number };
    return { dimension, items: await engine.top(scopeOf(query as Parameters<typeof scopeOf>[0]), dimension, limit, asking) };
  });

  return router;

  /** Access first, then the query, which ends when the client closes or the time is up. */
  function answer(path: string, run: (query: unknown, asking: Asking) => Promise<unknown>): void {
    router.get(path, async (request: Request, response: Response) => {
      const claims = signedIn(await deps.callers.identify(request.headers.authorization));
      visibleSite(claims, deps.sites, String(request.query['site']));
      const closed = new AbortController();
      response.on('close', () => closed.abort());
      const timeUp = AbortSignal.timeout(deps.timeout);
      const started = deps.now();
      try {
        const result = await run(request.query, { signal: AbortSignal.any([closed.signal, timeUp]), partial: () => undefined });
        deps.timed(path.slice(1), deps.now() - started, 'answered');
        response.json(result);
      } catch (error) {
        deps.timed(path.slice(1), deps.now() - started, closed.signal.aborted ? 'cancelled' : 'failed');
        if (closed.signal.aborted) return; // nobody is there to answer
        if (timeUp.aborted) throw new ProblemError(503, 'query_timeout', 'That took too long. Ask for a shorter range.');
        throw error;
      }
    });
  }
}

const shown = ({ id, title, identity }: Site): TrackerSite => ({ id, title, identity, mayExportEvents: false });
