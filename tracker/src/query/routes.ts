/** /api/tracker/v1: HTTP in and out. The document of the contract checks parameters and answers before and after these handlers. */
import type { Totals, TrackerSite } from '@datamesh/contracts';
import { Router } from 'express';
import { detailsOf } from '../events/event';
import { ProblemError } from '../http/problem';
import { claimsOf } from '../identity/authenticate';
import type { Site } from '../sites/site';
import { mayExportEvents, maySee } from './access';
import { bucketStarts } from './buckets';
import { exportFile } from './export/routes';
import { LIVE, LiveSnapshots, liveNow } from './live';
import { MissingOnce, SESSION_PAGES } from './missing';
import type { QueryEngine } from './port';
import { QUERY_LIMITS, QueryLimiter } from './query-limiter';
import { type QueryRouteDeps, queryRoute, withTimeout } from './query-route';
import { MAX_PERIODS } from './retention';
import { dimensionOf, filterOf, filtersOf, rangeOf, scopeOf } from './scope';
import { pointsOf } from './series';
import { blanked, refuseFew, visibleScope, withhold, withoutFew } from './visibility';
import { visibleSeries, visibleTop } from './visible-answers';

export interface QueryDeps extends Omit<QueryRouteDeps, 'limiter'> {
  engine: QueryEngine;
}

const MINUTE = 60_000;

export function createQueryRoutes(given: QueryDeps): Router {
  const { engine, now } = given;
  const deps: QueryRouteDeps = { ...given, limiter: new QueryLimiter(QUERY_LIMITS) };
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
          figures: mayExportEvents(claims, site) ? 'site' : site.figures,
          minVisitors: mayExportEvents(claims, site) ? 1 : site.minVisitors,
        }),
      );
    response.json({ items });
  });

  queryRoute(router, deps, '/summary', async ({ query, visibility, take }) => {
    const asked = scopeOf(query);
    const seen = visibility(asked);
    const scope = visibleScope(seen, asked);
    const before = { ...scope, ...comparedWith(query, scope) };
    const recently = { ...scope, from: now() - LIVE, to: Number.MAX_SAFE_INTEGER };
    return take(async (context) => {
      await refuseFew(engine, seen, scope, context);
      const [current, previous, live] = await Promise.all([
        engine.totals(scope, context),
        engine.totals(before, context),
        engine.visitors(recently, context),
      ]);
      if (scope.filters.length === 0) return { current, previous, live };
      const [was = previous] = blanked(
        [previous],
        seen,
        context,
        ({ visitors }) => visitors,
        () => NOTHING,
      );
      const [now = live] = blanked(
        [live],
        seen,
        context,
        (visitors) => visitors,
        () => 0,
      );
      return { current, previous: was, live: now };
    });
  });

  queryRoute(router, deps, '/series', async ({ query, visibility, take }) => {
    const { zone = 'UTC' } = query;
    const scope = scopeOf(query);
    const { bucket, starts } = bucketStarts({ ...query, ...scope, bucket: query.bucket ?? 'auto', zone });
    const counted = await take((context) => visibleSeries(engine, scope, starts, visibility(scope), context));
    return { bucket, zone, points: pointsOf(counted, starts) };
  });

  queryRoute(router, deps, '/top', async ({ query, visibility, take }) => {
    const dimension = dimensionOf(query.dimension);
    const scope = scopeOf(query);
    const seen = visibility(scope, [dimension]);
    return { dimension, items: await take((context) => visibleTop(engine, scope, dimension, query.limit ?? 10, seen, context)) };
  });

  queryRoute(router, deps, '/props', async ({ query, visibility, take }) => {
    const asked = scopeOf(query);
    const seen = visibility(asked);
    const scope = visibleScope(seen, asked);
    return take(async (context) => {
      await refuseFew(engine, seen, scope, context, true);
      return { items: await engine.props(scope, MAX_KEYS, context) };
    });
  });

  queryRoute(router, deps, '/sessions', ({ query, visibility, take }) => {
    const asked = scopeOf(query);
    const seen = visibility(asked, ['path']);
    const scope = visibleScope(seen, asked);
    return take(async (context) => {
      await refuseFew(engine, seen, scope, context);
      const { entries, exits, ...totals } = await engine.sessions(scope, query.limit ?? 10, context);
      const pages = (items: typeof entries) => [...withhold(items, seen, context, SESSION_PAGES)];
      return { ...totals, entries: pages(entries), exits: pages(exits) };
    });
  });

  queryRoute(router, deps, '/dwell', ({ query, visibility, take }) => {
    const asked = scopeOf(query);
    const seen = visibility(asked);
    const scope = visibleScope(seen, asked);
    return take(async (context) => {
      await refuseFew(engine, seen, scope, context, true);
      return engine.dwell(scope, context);
    });
  });

  queryRoute(router, deps, '/funnel', async ({ query, site, visibility, take }) => {
    followable(site);
    const { windowMinutes = 7 * 24 * 60 } = query;
    const asked = scopeOf(query);
    const steps = query.step.map(filterOf);
    const seen = visibility(
      asked,
      steps.map(({ dimension }) => dimension),
    );
    const scope = visibleScope(seen, asked);
    const found = await take(async (context) => {
      await refuseFew(engine, seen, scope, context, true);
      const counted = await engine.funnel(scope, steps, windowMinutes * MINUTE, context);
      return blanked(
        counted,
        seen,
        context,
        ({ visitors }) => visitors,
        () => ({ visitors: 0, medianMs: null }),
      );
    });
    return { windowMinutes, steps: query.step.map((step, index) => ({ step, visitors: 0, medianMs: null, ...found[index] })) };
  });

  queryRoute(router, deps, '/retention', async ({ query, site, visibility, take }) => {
    followable(site);
    const { unit = 'week', zone = 'UTC' } = query;
    const scope = scopeOf(query);
    const { starts } = bucketStarts({ ...query, ...scope, bucket: unit, zone });
    if (starts.length > MAX_PERIODS)
      throw new ProblemError(
        422,
        'bucket_too_fine',
        `That would be more than ${MAX_PERIODS} periods; take longer ones or a shorter range.`,
      );
    const seen = visibility(scope);
    const cohorts = await take(async (context) => {
      await refuseFew(engine, seen, visibleScope(seen, scope), context, true);
      const counted = await engine.retention(visibleScope(seen, scope), starts, context);
      return counted.map(({ visitors, returned }) => {
        const kept = blanked(
          [visitors, ...returned],
          seen,
          context,
          (each) => each,
          () => 0,
        );
        return { visitors: kept[0] ?? 0, returned: kept.slice(1) };
      });
    });
    return {
      unit,
      zone,
      cohorts: cohorts.map((cohort, index) => ({ start: new Date(starts[index] ?? scope.from).toISOString(), ...cohort })),
    };
  });

  const snapshots = new LiveSnapshots(
    (site, filters, visibility, closed) =>
      // A turn of its own for what all viewers share, whoever of them came first.
      withTimeout(closed, deps.timeout, (signal) =>
        deps.limiter.take(`live ${site}`, signal, async () => {
          const missing = new MissingOnce();
          const live = await liveNow(engine, site, filters, visibility, now(), { signal, partial: missing.add, withheld: missing.add });
          return { ...live, ...missing.partial };
        }),
      ),
    now,
  );
  queryRoute(router, deps, '/live', async ({ query, visibility, signal, response }) => {
    const filters = filtersOf(query.filter);
    const seen = visibility({ site: query.site, from: 0, to: 0, filters }, ['path']);
    const { etag, body } = await snapshots.get(query.site, filters, seen, signal);
    response.setHeader('etag', etag);
    if (response.req.headers['if-none-match'] !== etag) return body;
    response.status(304).end();
    return undefined;
  });

  queryRoute(router, deps, '/drops', async ({ query, visibility, take }) => {
    const { from, to } = rangeOf(query.from, query.to);
    const seen = visibility({ site: query.site, from, to, filters: [] });
    return take(async (context) => {
      const [reasons, details] = await Promise.all([
        engine.drops(query.site, from, to, context),
        engine.drops(detailsOf(query.site), from, to, context),
      ]);
      // Nobody knows whose they were; so few events are of few visitors in any case.
      const shown = (counts: typeof reasons) => withoutFew(counts, seen, context, ({ events }) => events);
      return {
        total: reasons.reduce((sum, { events }) => sum + events, 0),
        reasons: shown(reasons),
        details: shown(details).map(({ reason, events }) => ({ field: reason, events })),
      };
    });
  });

  queryRoute(router, deps, '/widgets', async ({ query, visibility, take }) => {
    const { widget, limit = 10, ...range } = query;
    const scope = { ...scopeOf(range), filters: widget ? [{ dimension: 'widget', value: widget } as const] : [] };
    const { least, widgets } = visibility(scope);
    return {
      items: await take(async (context) => {
        const items = await engine.widgets(scope, limit, context);
        // Totals of a widget count wherever it is open; its team sees them however few people there were.
        const seen = (name: string) => ({ least: widgets.has(name) ? 0 : least });
        return items.flatMap((item) =>
          withoutFew([item], seen(item.widget), context, ({ visitors }) => visitors).map((shown) => ({
            ...shown,
            versions: withoutFew(shown.versions, seen(item.widget), context, ({ visitors }) => visitors),
          })),
        );
      }),
    };
  });

  queryRoute(router, deps, '/export', async (question) => {
    await exportFile(engine, question);
    return undefined;
  });

  return router;
}

const MAX_KEYS = 100;
const NOTHING: Totals = { visitors: 0, views: 0, sessions: 0, medianDwellMs: null };

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
