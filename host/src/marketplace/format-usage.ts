import { numberFormat } from '../language/formats';
import { i18n } from '../language/i18n';
import type { Figures } from './usage-cache';

/** Figures of a widget as a person reads them. */

export const count = (value: number): string => numberFormat().format(value);

const compact = (value: number): string => numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value);

const tenths = (value: number): string => numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

/** "1 person", "2.3K people". */
export const people = (value: number): string =>
  i18n.t('{value, plural, one {{compact} person} other {{compact} people}}', { value, compact: compact(value) });

/** "340 ms", "1.2 s", "14 s". */
export const loadTime = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : inSeconds(ms));

/** "0.4 s": where one figure must do. */
export const inSeconds = (ms: number): string => (ms < 9_950 ? `${tenths(Math.max(0.1, ms / 1000))} s` : `${Math.round(ms / 1000)} s`);

/** "48 s", "3 min", "2 h 5 min". */
export function stay(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Errors per open. A widget that cannot even be loaded has errors and no opens: that is all of it. */
export const errorShare = ({ opens, errors }: Pick<Figures, 'opens' | 'errors'>): number =>
  errors === 0 ? 0 : errors / Math.max(opens, errors);

/** Errors per open from which on a widget is in trouble, and up to which it is well. */
const MANY_ERRORS = 0.05;
const FEW_ERRORS = 0.01;

/** How a widget does at a glance; null before anybody tried it. */
export function healthOf(figures: Pick<Figures, 'opens' | 'errors'>): 'good' | 'fair' | 'bad' | null {
  if (figures.opens + figures.errors === 0) return null;
  const share = errorShare(figures);
  return share >= MANY_ERRORS ? 'bad' : share > FEW_ERRORS ? 'fair' : 'good';
}

/** "0", "0.4%", "12%"; never 0% when there was one. */
export function percent(share: number): string {
  if (share === 0) return '0';
  const digits = share < 0.0995 ? 1 : 0;
  const shown = numberFormat({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
  return share < 0.001 ? `<${shown.format(0.001)}` : shown.format(share);
}

export const dwellPerOpen = ({ opens, dwellMs }: Pick<Figures, 'opens' | 'dwellMs'>): number | null => (opens > 0 ? dwellMs / opens : null);

/** For a card: few words, the most telling first. */
export function inBrief(figures: Figures): string[] {
  const { opens, visitors, errors, load } = figures;
  if (opens === 0)
    return errors > 0
      ? [
          i18n.t('{errors, plural, one {did not open: {compact} error} other {did not open: {compact} errors}}', {
            errors,
            compact: compact(errors),
          }),
        ]
      : [];
  return [
    i18n.t('{opens, plural, one {{compact} open by {people}} other {{compact} opens by {people}}}', {
      opens,
      compact: compact(opens),
      people: people(visitors),
    }),
    ...(load ? [i18n.t('ready in {seconds}', { seconds: inSeconds(load.p75) })] : []),
    ...(errors > 0 ? [i18n.t('{percent} errors', { percent: percent(errorShare(figures)) })] : []),
  ];
}
