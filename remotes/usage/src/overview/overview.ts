/** What the overview shows, from three questions that are asked together. */
import type { Series, Summary } from '@datamesh/contracts';
import { getSeries, getSummary } from '../ask/tracker';
import { bucketFor, type WantedBucket } from '../range/bucket';
import { type Comparison, comparedSpan, comparisonFor } from '../range/compare';
import { chosenSpan, type Span, wholeSpan } from '../range/range';
import type { Look } from '../shell/look';

export interface OverviewWish extends Look {
  bucket: WantedBucket;
  comparison: Comparison;
  narrow: boolean;
}

export interface Overview {
  whole: Span;
  series: Series;
  /** Bar by bar what was before; empty without a comparison. */
  before: Series['points'];
  summary: Summary;
  comparison: Comparison;
  partial: string[];
}

export async function loadOverview(wish: OverviewWish, signal: AbortSignal, now: number): Promise<Overview> {
  const { site, filters, range, zone } = wish;
  const whole = wholeSpan(range, now);
  const chosen = chosenSpan(whole, wish.brush);
  const comparison = comparisonFor(wish.comparison, whole);
  const bucket = bucketFor(wish.bucket, whole, wish.narrow);
  const wholeBefore = comparedSpan(whole, whole, range, comparison);
  const [series, before, summary] = await Promise.all([
    getSeries({ site, filters, span: whole }, bucket, zone, signal),
    wholeBefore ? getSeries({ site, filters, span: wholeBefore }, bucket, zone, signal) : null,
    getSummary({ site, filters, span: chosen }, comparedSpan(chosen, whole, range, comparison), signal),
  ]);
  const partial = [...new Set([series, before, summary].flatMap((answer) => answer?.partial ?? []))];
  return { whole, series, before: before?.points ?? [], summary, comparison, partial };
}
