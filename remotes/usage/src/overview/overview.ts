/** What the overview shows, from three questions that are asked together. */
import type { Missing, Series, Summary } from '@datamesh/contracts';
import { getSeries, getSummary } from '../api/tracker';
import { bucketFor, type WantedBucket } from '../range/bucket';
import { type Comparison, comparedSpan, comparisonFor, linesUp } from '../range/compare';
import { chosenSpan, wholeSpan } from '../range/range';
import type { Span } from '../range/span';
import type { QueryScope } from '../shell/query-scope';

export interface OverviewQuery extends QueryScope {
  bucket: WantedBucket;
  comparison: Comparison;
  narrow: boolean;
}

export interface Overview {
  whole: Span;
  series: Series;
  /** Bar by bar what was before; empty without a comparison, and where bars do not stand over bars. */
  before: Series['points'];
  summary: Summary;
  /** What `summary.previous` is about. */
  comparison: Comparison;
  partial: Missing[];
}

export async function loadOverview(query: OverviewQuery, signal: AbortSignal, now: number): Promise<Overview> {
  const { site, filters, range, clock } = query;
  const whole = wholeSpan(range, now);
  const chosen = chosenSpan(whole, query.brush);
  const wanted = comparisonFor(query.comparison, whole);
  const compared = comparedSpan(chosen, whole, range, wanted);
  // Not told what to compare with, the tracker takes the time just before: that must not stand under another name.
  const comparison = compared ? wanted : 'none';
  const bucket = bucketFor(query.bucket, whole, query.narrow);
  const wholeBefore = linesUp(bucket, whole, range, comparison) ? comparedSpan(whole, whole, range, comparison) : null;
  const [series, before, summary] = await Promise.all([
    getSeries({ site, filters, span: whole }, bucket, clock, signal),
    wholeBefore ? getSeries({ site, filters, span: wholeBefore }, bucket, clock, signal) : null,
    getSummary({ site, filters, span: chosen }, compared, signal),
  ]);
  const partial = [series, before, summary].flatMap((answer) => answer?.partial ?? []);
  return { whole, series, before: before?.points ?? [], summary, comparison, partial };
}
