/** /api/tracker/v1: HTTP in and out. The document of the contract checks parameters and answers before and after these handlers. */
import type { Totals, TrackerSite } from '@datamesh/contracts';
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
import { seriesSeen, topSeen } from './seen';
import { pointsOf } from './series';
import { blanked, enough, notFew, nothingOf, seenBy } from './sight';

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
          figures: mayExportEvents(claims, site) ? 'site' : site.figures,
          minVisitors: mayExportEvents(claims, site) ? 1 : site.minVisitors,
        }),
      );
    response.json({ items });
  });

  answered(router, deps, '/summary', async ({ query, sight, take }) => {
    const asked = scopeOf(query);
    const seen = sight(asked);
    const scope = seenBy(seen, asked);
    const before = { ...scope, ...comparedWith(query, scope) };
    const recently = { ...scope, from: now() - LIVE, to: Number.MAX_SAFE_INTEGER };
    return take(async (asking) => {
      await notFew(engine, seen, scope, asking);
      const [current, previous, live] = await Promise.all([
        engine.totals(scope, asking),
        engine.totals(before, asking),
        engine.visitors(recently, asking),
      ]);
      if (scope.filters.length === 0) return { current, previous, live };
      const [was = previous] = blanked(
        [previous],
        seen,
        asking,
        ({ visitors }) => visitors,
        () => NOTHING,
      );
      const [now = live] = blanked(
        [live],
        seen,
        asking,
        (visitors) => visitors,
        () => 0,
      );
      return { current, previous: was, live: now };
    });
  });

  answered(router, deps, '/series', async ({ query, sight, take }) => {
    const { zone = 'UTC' } = query;
    const scope = scopeOf(query);
    const { bucket, starts } = bucketStarts({ ...query, ...scope, bucket: query.bucket ?? 'auto', zone });
    const counted = await take((asking) => seriesSeen(engine, scope, starts, sight(scope), asking));
    return { bucket, zone, points: pointsOf(counted, starts) };
  });

  answered(router, deps, '/top', async ({ query, sight, take }) => {
    const dimension = dimensionOf(query.dimension);
    const scope = scopeOf(query);
    const seen = sight(scope, [dimension]);
    return { dimension, items: await take((asking) => topSeen(engine, scope, dimension, query.limit ?? 10, seen, asking)) };
  });

  answered(router, deps, '/props', async ({ query, sight, take }) => {
    const asked = scopeOf(query);
    const seen = sight(asked);
    const scope = seenBy(seen, asked);
    return take(async (asking) => {
      await notFew(engine, seen, scope, asking, true);
      return { items: await engine.props(scope, MOST_KEYS, asking) };
    });
  });

  answered(router, deps, '/sessions', ({ query, sight, take }) => {
    const asked = scopeOf(query);
    const seen = sight(asked, ['path']);
    const scope = seenBy(seen, asked);
    return take(async (asking) => {
      await notFew(engine, seen, scope, asking);
      const { entries, exits, ...totals } = await engine.sessions(scope, query.limit ?? 10, asking);
      const pages = (items: typeof entries) => [...nothingOf(items, seen, asking, 'pages that sessions began and ended with')];
      return { ...totals, entries: pages(entries), exits: pages(exits) };
    });
  });

  answered(router, deps, '/dwell', ({ query, sight, take }) => {
    const asked = scopeOf(query);
    const seen = sight(asked);
    const scope = seenBy(seen, asked);
    return take(async (asking) => {
      await notFew(engine, seen, scope, asking, true);
      return engine.dwell(scope, asking);
    });
  });

  answered(router, deps, '/funnel', async ({ query, site, sight, take }) => {
    followable(site);
    const { windowMinutes = 7 * 24 * 60 } = query;
    const asked = scopeOf(query);
    const steps = query.step.map(filterOf);
    const seen = sight(
      asked,
      steps.map(({ dimension }) => dimension),
    );
    const scope = seenBy(seen, asked);
    const found = await take(async (asking) => {
      await notFew(engine, seen, scope, asking, true);
      const counted = await engine.funnel(scope, steps, windowMinutes * MINUTE, asking);
      return blanked(
        counted,
        seen,
        asking,
        ({ visitors }) => visitors,
        () => ({ visitors: 0, medianMs: null }),
      );
    });
    return { windowMinutes, steps: query.step.map((step, index) => ({ step, visitors: 0, medianMs: null, ...found[index] })) };
  });

  answered(router, deps, '/retention', async ({ query, site, sight, take }) => {
    followable(site);
    const { unit = 'week', zone = 'UTC' } = query;
    const scope = scopeOf(query);
    const { starts } = bucketStarts({ ...query, ...scope, bucket: unit, zone });
    if (starts.length > MOST_PERIODS)
      throw new ProblemError(
        422,
        'bucket_too_fine',
        `That would be more than ${MOST_PERIODS} periods; take longer ones or a shorter range.`,
      );
    const seen = sight(scope);
    const cohorts = await take(async (asking) => {
      await notFew(engine, seen, seenBy(seen, scope), asking, true);
      const counted = await engine.retention(seenBy(seen, scope), starts, asking);
      return counted.map(({ visitors, returned }) => {
        const kept = blanked(
          [visitors, ...returned],
          seen,
          asking,
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
    (site, filters, sight, closed) =>
      // A turn of its own for what all viewers share, whoever of them came first.
      inTime(closed, deps.timeout, (signal) =>
        deps.turns.take(`live ${site}`, signal, async () => {
          const missing = new Set<string>();
          const live = await liveNow(engine, site, filters, sight, now(), {
            signal,
            partial: (what) => void missing.add(what),
            withheld: (what) => void missing.add(what),
          });
          return missing.size > 0 ? { ...live, partial: [...missing] } : live;
        }),
      ),
    now,
  );
  answered(router, deps, '/live', async ({ query, sight, signal, response }) => {
    const filters = filtersOf(query.filter);
    const seen = sight({ site: query.site, from: 0, to: 0, filters }, ['path']);
    const { etag, body } = await snapshots.get(query.site, filters, seen, signal);
    response.setHeader('etag', etag);
    if (response.req.headers['if-none-match'] !== etag) return body;
    response.status(304).end();
    return undefined;
  });

  answered(router, deps, '/drops', async ({ query, sight, take }) => {
    const { from, to } = rangeOf(query.from, query.to);
    const seen = sight({ site: query.site, from, to, filters: [] });
    return take(async (asking) => {
      const [reasons, details] = await Promise.all([
        engine.drops(query.site, from, to, asking),
        engine.drops(detailsOf(query.site), from, to, asking),
      ]);
      // Nobody knows whose they were; so few events are of few visitors in any case.
      const told = (counts: typeof reasons) => enough(counts, seen, asking, ({ events }) => events);
      return {
        total: reasons.reduce((sum, { events }) => sum + events, 0),
        reasons: told(reasons),
        details: told(details).map(({ reason, events }) => ({ field: reason, events })),
      };
    });
  });

  answered(router, deps, '/widgets', async ({ query, sight, take }) => {
    const { widget, limit = 10, ...range } = query;
    const scope = { ...scopeOf(range), filters: widget ? [{ dimension: 'widget', value: widget } as const] : [] };
    const { least, widgets } = sight(scope);
    return {
      items: await take(async (asking) => {
        const items = await engine.widgets(scope, limit, asking);
        // Totals of a widget count wherever it is open; its team sees them however few people there were.
        const seen = (name: string) => ({ least: widgets.has(name) ? 0 : least });
        return items.flatMap((item) =>
          enough([item], seen(item.widget), asking, ({ visitors }) => visitors).map((shown) => ({
            ...shown,
            versions: enough(shown.versions, seen(item.widget), asking, ({ visitors }) => visitors),
          })),
        );
      }),
    };
  });

  answered(router, deps, '/export', async (question) => {
    await exportFile(engine, question);
    return undefined;
  });

  return router;
}

const MOST_KEYS = 100;
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
