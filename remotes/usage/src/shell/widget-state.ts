/** What the reader did here and a swap of the version keeps; null follows the settings. Read back with care: another version wrote it. */

import { type GroupId, isDimension, isGroup, type Part } from '../breakdown/dimensions';
import { type Filter, filtersOf } from '../filters/filters';
import type { Brush } from '../range/brush';
import { isBucket, type WantedBucket } from '../range/bucket';
import { type Comparison, isComparison } from '../range/compare';
import type { Dates } from '../range/dates';
import { isPreset, type Preset } from '../range/range';
import type { WantedUnit } from '../retention/cohorts';
import { isView, type View } from './views';

export type Metric = 'views' | 'visitors';
export type Chosen = { group: GroupId; part: Part };

export interface WidgetState {
  site: string | null;
  view: View | null;
  preset: Preset | null;
  /** False: the dashboard's dates are dropped here; null: taken up where they can have visits. */
  follow: boolean | null;
  brush: Brush | null;
  /** The dashboard's dates when they were heard last: others leave the brush behind, the same ones do not. */
  heard: Dates | null;
  bucket: WantedBucket | null;
  comparison: Comparison | null;
  filters: Filter[];
  metric: Metric;
  asTable: boolean;
  /** What each of the two breakdowns shows. */
  breakdowns: (Chosen | null)[];
  /** Of the cohorts. */
  unit: WantedUnit;
}

export function readWidgetState(value: unknown): WidgetState {
  const before = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const { site, view, preset, follow, brush, heard, bucket, comparison, filters, metric, asTable, breakdowns, unit } = before;
  return {
    site: typeof site === 'string' ? site : null,
    view: isView(view) ? view : null,
    preset: isPreset(preset) ? preset : null,
    follow: typeof follow === 'boolean' ? follow : null,
    brush: readBrush(brush),
    heard: readHeard(heard),
    bucket: isBucket(bucket) ? bucket : null,
    comparison: isComparison(comparison) ? comparison : null,
    filters: filtersOf(filters) ?? [],
    metric: metric === 'visitors' ? 'visitors' : 'views',
    asTable: asTable === true,
    unit: unit === 'day' || unit === 'week' || unit === 'month' ? unit : 'auto',
    breakdowns: [0, 1].map((index) => readChosen(Array.isArray(breakdowns) ? breakdowns[index] : null)),
  };
}

function readBrush(value: unknown): Brush | null {
  const { from, to } = (value ?? {}) as Record<string, unknown>;
  return typeof from === 'number' && (to === null || typeof to === 'number') ? { from, to } : null;
}

function readHeard(value: unknown): Dates | null {
  const { from, to } = (value ?? {}) as Record<string, unknown>;
  const isEnd = (end: unknown): end is number | null => end === null || typeof end === 'number';
  return isEnd(from) && isEnd(to) ? { from, to } : null;
}

function readChosen(value: unknown): Chosen | null {
  const { group, part } = (value ?? {}) as Record<string, unknown>;
  if (!isGroup(group) || !(part === 'entries' || part === 'exits' || isDimension(part))) return null;
  return { group, part };
}
