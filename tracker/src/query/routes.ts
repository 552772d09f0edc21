/** /api/tracker/v1: HTTP in and out. The document of the contract checks parameters and answers before and after these handlers. */
import type { TrackerSite } from '@datamesh/contracts';
import { Router } from 'express';
import { detailsOf } from '../collect/event';
import { ProblemError } from '../http/problem';
import { claimsOf } from '../identity/authenticate';
import type { Site } from '../sites/site';
import { mayExportEvents, maySee } from './access';
import { type AskedDeps, answered, inTime } from './asked';
import { bucketStarts } from './buckets';
import { exportFile } from './export/routes';
import { LIMITS, Turns } from './limits';
import { LIVE, LiveSnapshots, liveNow } from './live';
import type { QueryEngine } from './port';
import { MOST_PERIODS } from './retention';
import { dimensionOf, filterOf, filtersOf, rangeOf, scopeOf } from './scope';
import { pointsOf } from './series';

export interface QueryDeps extends Omit<AskedDeps, 'turns'> {
  engine: QueryEngine;
}

const MINUTE = 60_000;

export function createQueryRoutes(given: QueryDeps): Router {
  const { engine, now } = given;
  const deps: AskedDeps = { ...given, turns: new Turns(LIMITS) };
  const router = Router();

  router.get('/sites', (_, response) => {
    const claims = claimsOf(response);
    const items = [...deps.sites.values()]
      .filter((site) => maySee(claims, site))
      .map(
        (site): TrackerSite => ({
          id: site.id,
          title: site.title,
          identity: site.identity,
          mayExportEvents: mayExportEvents(claims, site),
        }),
      );
    response.json({ items });
  });

  answered(router, deps, '/summary', async ({ query, take }) => {
    const scope = scopeOf(query);
    const before = { ...scope, ...comparedWith(query, scope) };
    const [current, previous, live] = await take((asking) =>
      Promise.all([
        engine.totals(scope, asking),
        engine.totals(before, asking),
        engine.live(scope.site, now() - LIVE, scope.filters, asking),
      ]),
    );
    return { current, previous, live };
  });

  answered(router, deps, '/series', async ({ query, take }) => {
    const { zone = 'UTC' } = query;
    const scope = scopeOf(query);
    const { bucket, starts } = bucketStarts(scope.from, scope.to, query.bucket ?? 'auto', zone);
    return { bucket, zone, points: pointsOf(await take((asking) => engine.series(scope, starts, asking)), starts) };
  });

  answered(router, deps, '/top', async ({ query, take }) => {
    const dimension = dimensionOf(query.dimension);
    const scope = scopeOf(query);
    return { dimension, items: await take((asking) => engine.top(scope, dimension, query.limit ?? 10, asking)) };
  });

  answered(router, deps, '/props', async ({ query, take }) => {
    const scope = scopeOf(query);
    return { items: await take((asking) => engine.props(scope, MOST_KEYS, asking)) };
  });

  answered(router, deps, '/sessions', ({ query, take }) => {
    const scope = scopeOf(query);
    return take((asking) => engine.sessions(scope, query.limit ?? 10, asking));
  });

  answered(router, deps, '/dwell', ({ query, take }) => {
    const scope = scopeOf(query);
    return take((asking) => engine.dwell(scope, asking));
  });

  answered(router, deps, '/funnel', async ({ query, site, take }) => {
    followable(site);
    const { windowMinutes = 7 * 24 * 60 } = query;
    const scope = scopeOf(query);
    const steps = query.step.map(filterOf);
    const found = await take((asking) => engine.funnel(scope, steps, windowMinutes * MINUTE, asking));
    return { windowMinutes, steps: query.step.map((step, index) => ({ step, visitors: 0, medianMs: null, ...found[index] })) };
  });

  answered(router, deps, '/retention', async ({ query, site, take }) => {
    followable(site);
    const { unit = 'week', zone = 'UTC' } = query;
    const scope = scopeOf(query);
    const { starts } = bucketStarts(scope.from, scope.to, unit, zone);
    if (starts.length > MOST_PERIODS)
      throw new ProblemError(
        422,
        'bucket_too_fine',
        `That would be more than ${MOST_PERIODS} periods; take longer ones or a shorter range.`,
      );
    const cohorts = await take((asking) => engine.retention(scope, starts, asking));
    return {
      unit,
      zone,
      cohorts: cohorts.map((cohort, index) => ({ start: new Date(starts[index] ?? scope.from).toISOString(), ...cohort })),
    };
  });

  const snapshots = new LiveSnapshots(
    (site, filters, closed) =>
      // A turn of its own for what all viewers share, whoever of them came first.
      inTime(closed, deps.timeout, (signal) =>
        deps.turns.take(`live ${site}`, signal, async () => {
          const missing = new Set<string>();
          const live = await liveNow(engine, site, filters, now(), { signal, partial: (what) => void missing.add(what) });
          return missing.size > 0 ? { ...live, partial: [...missing] } : live;
        }),
      ),
    now,
  );
  answered(router, deps, '/live', async ({ query, signal, response }) => {
    const { etag, body } = await snapshots.get(query.site, filtersOf(query.filter), signal);
    response.setHeader('etag', etag);
    if (response.req.headers['if-none-match'] !== etag) return body;
    response.status(304).end();
    return undefined;
  });

  answered(router, deps, '/drops', async ({ query, take }) => {
    const { from, to } = rangeOf(query.from, query.to);
    const [reasons, details] = await take((asking) =>
      Promise.all([engine.drops(query.site, from, to, asking), engine.drops(detailsOf(query.site), from, to, asking)]),
    );
    return {
      total: reasons.reduce((sum, { events }) => sum + events, 0),
      reasons,
      details: details.map(({ reason, events }) => ({ field: reason, events })),
    };
  });

  answered(router, deps, '/widgets', async ({ query, take }) => {
    const { widget, limit = 10, ...range } = query;
    const scope = { ...scopeOf(range), filters: widget ? [{ dimension: 'widget', value: widget } as const] : [] };
    return { items: await take((asking) => engine.widgets(scope, limit, asking)) };
  });

  answered(router, deps, '/export', async (question) => {
    await exportFile(engine, question);
    return undefined;
  });

  return router;
}

const MOST_KEYS = 100;

/** The range of `compareFrom` and `compareTo`, or else the one of equal length just before. */
function comparedWith(
  { compareFrom, compareTo }: { compareFrom?: string; compareTo?: string },
  { from, to }: { from: number; to: number },
) {
  if (compareFrom === undefined && compareTo === undefined) return { from: from - (to - from), to: from };
  if (compareFrom === undefined || compareTo === undefined)
    throw new ProblemError(422, 'compare_incomplete', 'Give both `compareFrom` and `compareTo`, or neither.');
  return rangeOf(compareFrom, compareTo);
}

/** A daily site gives everyone another name every day. */
function followable({ id, identity }: Site): void {
  if (identity === 'daily')
    throw new ProblemError(
      422,
      'identity_daily',
      `Visitors of "${id}" cannot be followed over days: it is a site with daily identities. Funnels and retention are for account sites.`,
    );
}
