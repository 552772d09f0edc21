/** Figures and times as a reader expects them: the page's language, their zone, a real minus sign. `locale` is for tests. */
import { readerLanguage } from './language';

const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(chosen: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = chosen ?? readerLanguage();
  const key = `n${locale ?? ''}${JSON.stringify(options)}`;
  const known = formatters.get(key) as Intl.NumberFormat | undefined;
  const format = known ?? new Intl.NumberFormat(locale, options);
  if (!known) formatters.set(key, format);
  return format;
}

function dateFormat(chosen: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = chosen ?? readerLanguage();
  const key = `d${locale ?? ''}${JSON.stringify(options)}`;
  const known = formatters.get(key) as Intl.DateTimeFormat | undefined;
  const format = known ?? new Intl.DateTimeFormat(locale, options);
  if (!known) formatters.set(key, format);
  return format;
}

const realMinus = (text: string): string => text.replace('-', '−');

/** Exactly `digits` decimals, grouped: 1,234.50. */
export function formatNumber(value: number, digits = 0, locale?: string): string {
  return realMinus(numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
}

/** As formatNumber, with a plus for what is above zero: the sign never depends on colour. */
export function formatSigned(value: number, digits = 0, locale?: string): string {
  const options: Intl.NumberFormatOptions = {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  };
  return realMinus(numberFormat(locale, options).format(value));
}

/** `percent` is in points: 0.83 is +0.83%. */
export function formatSignedPercent(percent: number, digits = 2, locale?: string): string {
  const options: Intl.NumberFormatOptions = {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  };
  return realMinus(numberFormat(locale, options).format(percent / 100));
}

/** 4m 12s, 350 ms, 1h 03m. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

/** A calendar date without a time (2010-03-01) belongs to no zone: shown as written, never shifted by a day. */
export function formatMonth(isoDate: string, locale?: string): string {
  return dateFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${isoDate.slice(0, 10)}T00:00:00Z`));
}

/** A moment in the reader's zone, with the detail asked for. */
export function formatInstant(instant: number | string | Date, options: Intl.DateTimeFormatOptions, locale?: string): string {
  return dateFormat(locale, options).format(new Date(instant));
}

/** The reader's IANA zone, for services that cut days. */
export const readerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
