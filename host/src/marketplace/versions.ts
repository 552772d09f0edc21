import type { WidgetDetail } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { i18n } from '../language/i18n';
import { errorShare, loadTime, percent } from './format-usage';
import type { Figures, Usage } from './usage-cache';

/** One version of a widget: what the registry knows of it, and how it does. */
export interface VersionRow {
  version: string;
  /** Null for one that the registry does not know (any more). */
  published: { at: string; by: string } | null;
  /** Channels that point at it. */
  channels: string[];
  deprecated: string | null;
  yanked: string | null;
  figures: Figures | null;
}

/** The newest first; versions that only the tracker knows come last. */
export function versionRows(detail: Pick<WidgetDetail, 'versions' | 'channels'>, usage: Usage | null): VersionRow[] {
  const figures = new Map(usage?.versions.map((version) => [version.version, version]));
  const channelsOf = (version: string): string[] => Object.keys(detail.channels).filter((channel) => detail.channels[channel] === version);
  const known = [...detail.versions]
    .sort((one, other) => Date.parse(other.publishedAt) - Date.parse(one.publishedAt))
    .map(({ version, publishedAt, publishedBy, deprecated, yanked }) => ({
      version,
      published: { at: publishedAt, by: publishedBy },
      channels: channelsOf(version),
      deprecated,
      yanked,
      figures: figures.get(version) ?? null,
    }));
  const names = new Set(known.map(({ version }) => version));
  const gone = [...figures.values()]
    .filter(({ version }) => !names.has(version))
    .map((own) => ({ version: own.version, published: null, channels: [], deprecated: null, yanked: null, figures: own }));
  return [...known, ...gone];
}

/** Worth a line without being asked: in use, on a channel, or the newest. */
export const isShown = (row: VersionRow, index: number): boolean => row.figures !== null || row.channels.length > 0 || index === 0;

export interface Finding {
  tone: 'good' | 'bad' | 'same' | 'unknown';
  text: string;
}

/** Fewer say nothing. */
const ENOUGH = 20;
/** What one notices: a fifth, and a tenth of a second. */
const RATIO = 1.2;
const NOTICEABLE = 100;
/** Errors: half a percent, and beyond what chance brings (two standard errors). */
const POINTS = 0.005;

/** The newest version that anybody opened against the one before it, in words; empty when there is nothing to compare. */
export function compareNewest(rows: readonly VersionRow[]): Finding[] {
  const [newer, older] = rows.filter(({ published, figures }) => published && figures && figures.opens + figures.errors > 0);
  if (!newer?.figures || !older?.figures) return [];
  const few = [newer, older].find(({ figures }) => figures && figures.opens < ENOUGH && figures.errors < ENOUGH);
  if (few)
    return [
      {
        tone: 'unknown',
        text: i18n.t('Too few opens of {few} to compare {newer} with {older}: {opens} so far, {enough} tell something.', {
          few: shownVersion(few.version),
          newer: shownVersion(newer.version),
          older: shownVersion(older.version),
          opens: few.figures?.opens ?? 0,
          enough: ENOUGH,
        }),
      },
    ];
  return [...loads(newer, older, newer.figures, older.figures), errors(newer, older, newer.figures, older.figures)];
}

function loads(newer: VersionRow, older: VersionRow, now: Figures, before: Figures): Finding[] {
  if (!now.load || !before.load || now.load.count < ENOUGH || before.load.count < ENOUGH) return [];
  const [next, last] = [now.load.p75, before.load.p75];
  const said = { ...named(newer, older), now: loadTime(next), before: loadTime(last) };
  if (next >= last * RATIO && next - last >= NOTICEABLE)
    return [
      {
        tone: 'bad',
        text: i18n.t('{newer} loads slower than {older}: three of four opens are ready within {now}, {before} before.', said),
      },
    ];
  if (last >= next * RATIO && last - next >= NOTICEABLE)
    return [
      {
        tone: 'good',
        text: i18n.t('{newer} loads faster than {older}: three of four opens are ready within {now}, {before} before.', said),
      },
    ];
  return [
    {
      tone: 'same',
      text: i18n.t('{newer} loads about as fast as {older}: three of four opens are ready within {now}, {before} before.', said),
    },
  ];
}

function errors(newer: VersionRow, older: VersionRow, now: Figures, before: Figures): Finding {
  const [next, last] = [errorShare(now), errorShare(before)];
  const said = { ...named(newer, older), now: percent(next), before: percent(last) };
  const [n, m] = [Math.max(now.opens, now.errors), Math.max(before.opens, before.errors)];
  const pooled = Math.min(1, (now.errors + before.errors) / (n + m));
  const chance = 2 * Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  const difference = next - last;
  if (Math.abs(difference) > chance && Math.abs(difference) >= POINTS)
    return difference > 0
      ? { tone: 'bad', text: i18n.t('Errors went up with {newer}: {now} of opens, {before} before.', said) }
      : { tone: 'good', text: i18n.t('Errors went down with {newer}: {now} of opens, {before} before.', said) };
  if (now.errors === 0 && before.errors === 0) return { tone: 'same', text: i18n.t('Neither {newer} nor {older} had an error.', said) };
  return { tone: 'same', text: i18n.t('Errors are about as rare as with {older}: {now} of opens, {before} before.', said) };
}

const named = (newer: VersionRow, older: VersionRow): { newer: string; older: string } => ({
  newer: shownVersion(newer.version),
  older: shownVersion(older.version),
});
