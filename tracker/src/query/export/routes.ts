/** GET /export: what a page shows, or the events behind it, as a file. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AnyDimension } from '@datamesh/contracts';
import { ProblemError } from '../../http/problem';
import { mayExportEvents } from '../access';
import { bucketStarts } from '../buckets';
import { Calendar } from '../calendar';
import type { QueryContext, QueryEngine, Scope } from '../port';
import type { QueryRequest } from '../query-route';
import { dimensionOf, scopeOf } from '../scope';
import { pointsOf } from '../series';
import { visibleSeries, visibleTop } from '../visible-answers';
import { csvOf } from './csv';
import { parquetOf } from './parquet';
import { eventsTable, seriesTable, type Table, topTable } from './table';

const MAX_VALUES = 10_000;

const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', encode: csvOf },
  parquet: { type: 'application/vnd.apache.parquet', encode: parquetOf },
} as const;

export async function exportFile(engine: QueryEngine, question: QueryRequest<'/export'>): Promise<void> {
  const { query, response } = question;
  const { format = 'csv', zone = 'UTC' } = query;
  const scope = scopeOf(query);
  const calendar = new Calendar(zone);
  const dates = [scope.from, scope.to - 1].map((instant) => calendar.date(instant)).join('-to-');
  const { name, table } = await contentOf(engine, question, scope);
  const { type, encode } = FORMATS[format];
  response.setHeader('content-type', type);
  response.setHeader('content-disposition', `attachment; filename="${scope.site}-${name}-${dates}.${format}"`);
  // Reads on only as fast as the client takes it, and no further when the client has gone. A file that cannot be finished is cut off, so that
  // nobody takes it for whole.
  await pipeline(Readable.from(encode(table, { zone, calendar }), { objectMode: false, highWaterMark: 64 * 1024 }), response);
}

async function contentOf(
  engine: QueryEngine,
  { query, site, claims, visibility, take }: QueryRequest<'/export'>,
  scope: Scope,
): Promise<{ name: string; table: Table }> {
  if (query.what === 'events') {
    if (!mayExportEvents(claims, site))
      throw new ProblemError(403, 'not_owner', `Events of "${site.id}" are for members of the teams that own it, and for admins.`);
    return {
      name: 'events',
      table: await eventsTable((after, limit) => take((context) => engine.events(scope, after, limit, whole(context)))),
    };
  }
  if (query.what === 'series') {
    const buckets = bucketStarts({ ...query, ...scope, bucket: query.bucket ?? 'auto', zone: query.zone ?? 'UTC' });
    const seen = visibility(scope);
    const points = await take(async (context) =>
      pointsOf(await visibleSeries(engine, scope, buckets.starts, seen, whole(context)), buckets.starts),
    );
    return { name: `series-by-${buckets.bucket}`, table: seriesTable(points) };
  }
  if (query.dimension === undefined) throw new ProblemError(422, 'dimension_missing', 'Say with `dimension` what the list is of.');
  const dimension: AnyDimension = dimensionOf(query.dimension);
  const seen = visibility(scope, [dimension]);
  return {
    name: `top-${dimension}`,
    table: topTable(dimension, await take((context) => visibleTop(engine, scope, dimension, MAX_VALUES, seen, whole(context)))),
  };
}

/** A file has no place to say what it lacks; that few visitors are left out is for the manual to say. */
const whole = ({ signal }: QueryContext): QueryContext => ({
  signal,
  partial(missing) {
    throw new ProblemError(
      503,
      'answer_incomplete',
      `The store cannot answer in full at the moment (${missing.text}). Export again later.`,
    );
  },
});
