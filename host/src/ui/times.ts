import { dateTimeFormat, relativeTimeFormat } from '../language/formats';
import { i18n } from '../language/i18n';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const exact = (): Intl.DateTimeFormat => dateTimeFormat({ dateStyle: 'full', timeStyle: 'long' });
const clock = (): Intl.DateTimeFormat => dateTimeFormat({ hour: '2-digit', minute: '2-digit' });
const day = (): Intl.DateTimeFormat => dateTimeFormat({ day: 'numeric', month: 'short' });
const date = (): Intl.DateTimeFormat => dateTimeFormat({ day: 'numeric', month: 'short', year: 'numeric' });

/** "23 Nov 2026". */
export const dayOf = (instant: string): string => date().format(new Date(instant));

/** "2 days ago", in the largest unit that fits. */
export function ago(instant: string, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? relativeTimeFormat({ numeric: 'auto' }).format(Math.round(seconds / unit[1]), unit[0]) : i18n.t('just now');
}

/** For a tooltip: the exact instant in the reader's zone. */
export const exactly = (instant: string): string => exact().format(new Date(instant));

/** "10:42" today, "21 Nov 10:42" before. */
export function timeOfDay(instant: string, now: number): string {
  const at = new Date(instant);
  const today = new Date(now);
  return at.toDateString() === today.toDateString() ? clock().format(at) : `${day().format(at)} ${clock().format(at)}`;
}
