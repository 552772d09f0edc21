import { expect, it } from 'vitest';
import { contextTitle, readableName } from './context-titles';

it('names context types as people do', () => {
  expect(['fdc3.instrument', 'fdc3.timeRange', 'acme.orderBook', 'fdc3.contactList'].map(contextTitle)).toEqual([
    'Instrument',
    'Date range',
    'Order book',
    'Contact list',
  ]);
  expect(['markets', 'operations-eu', 'us_sales'].map(readableName)).toEqual(['Markets', 'Operations eu', 'Us sales']);
});
