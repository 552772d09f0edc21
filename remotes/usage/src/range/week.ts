/** The day that weeks begin with. Pure. */

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof DAYS)[number];

export const isWeekStart = (value: unknown): value is 'auto' | Weekday => value === 'auto' || DAYS.some((day) => day === value);

/** As it is wanted, else as the reader's locale has it; Monday (ISO 8601) where the browser does not say. */
export function weekStartOf(wanted: 'auto' | Weekday, locale = navigator.language): Weekday {
  if (wanted !== 'auto') return wanted;
  // Browsers have one or the other; TypeScript knows neither yet.
  const info = new Intl.Locale(locale) as { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };
  return DAYS[((info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1) - 1] ?? 'monday';
}
