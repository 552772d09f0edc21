/** What people call the context types that everybody uses. */
const TITLES: Record<string, string> = {
  'fdc3.instrument': 'Instrument',
  'fdc3.timeRange': 'Date range',
  'datamesh.airport': 'Airport',
  'datamesh.usageFilter': 'Filter of visits',
  'datamesh.widget': 'Widget',
};

/** `fdc3.instrumentList` is "Instrument list". */
export const contextTitle = (type: string): string =>
  (Object.hasOwn(TITLES, type) ? TITLES[type] : undefined) ?? inWords(type.split('.').at(-1) ?? type);

/** A name that is written for machines, in words: `orderBook`, `order-book` and `order_book` are "Order book". */
export function inWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
