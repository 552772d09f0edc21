import type { Figures } from './usageBook';

/** Figures of a widget as a person reads them. */

const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);

/** "1 open", "2.3K opens". */
export const counted = (value: number, one: string, many: string): string => `${compact.format(value)} ${value === 1 ? one : many}`;

/** "340 ms", "1.2 s", "14 s". */
export function loadTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** "0.4 s": where one figure must do. */
export const inSeconds = (ms: number): string => (ms < 9_950 ? `${Math.max(0.1, ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

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
  if (share < 0.001) return '<0.1%';
  return share < 0.0995 ? `${(share * 100).toFixed(1)}%` : `${Math.round(share * 100)}%`;
}

export const dwellPerOpen = ({ opens, dwellMs }: Pick<Figures, 'opens' | 'dwellMs'>): number | null => (opens > 0 ? dwellMs / opens : null);

/** For a card: few words, the most telling first. */
export function inBrief(figures: Figures): string[] {
  const { opens, visitors, errors, load } = figures;
  if (opens === 0) return errors > 0 ? [`did not open: ${counted(errors, 'error', 'errors')}`] : [];
  return [
    `${counted(opens, 'open', 'opens')} by ${counted(visitors, 'person', 'people')}`,
    ...(load ? [`ready in ${inSeconds(load.p75)}`] : []),
    ...(errors > 0 ? [`${percent(errorShare(figures))} errors`] : []),
  ];
}
