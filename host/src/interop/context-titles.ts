import { i18n } from '../language/i18n';

/** What people call the context types that everybody uses. */
const titles = (): Record<string, string> => ({
  'fdc3.instrument': i18n.t('Instrument'),
  'fdc3.timeRange': i18n.t('Date range'),
  'datamesh.airport': i18n.t('Airport'),
  'datamesh.usageFilter': i18n.t('Filter of visits'),
  'datamesh.widget': i18n.t('Widget'),
});

/** `fdc3.instrumentList` is "Instrument list". */
export const contextTitle = (type: string): string =>
  (Object.hasOwn(titles(), type) ? titles()[type] : undefined) ?? readableName(type.split('.').at(-1) ?? type);

/** A name that is written for machines, in words: `orderBook`, `order-book` and `order_book` are "Order book". */
export function readableName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
