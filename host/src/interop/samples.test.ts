import type { WidgetManifest } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { samplesFor } from './samples';

const widget = (more: Partial<WidgetManifest>): WidgetManifest => ({
  name: 'a-widget',
  title: 'A widget',
  description: 'x',
  publisher: 'team',
  expose: './widget',
  ...more,
});

it('shows a widget with its own samples, and with one that is made up for every other type that it takes', () => {
  const own = { type: 'team.order', id: { order: '7' } };
  const samples = samplesFor(widget({ listensFor: ['fdc3.instrument', 'team.order'], samples: [own] }));
  expect(samples).toEqual([own, { type: 'fdc3.instrument', name: 'Apple Inc.', id: { ticker: 'AAPL' } }]);
});

it('makes up what bindings take of a type that nobody knows', () => {
  const inputs = [{ context: 'team.rows', take: 'row.id', attribute: 'row' }];
  expect(samplesFor(widget({ bindings: { inputs, outputs: [] } }))).toEqual([
    { type: 'team.rows', name: 'Sample', id: {}, row: { id: 'Sample' } },
  ]);
  expect(samplesFor(widget({}))).toEqual([]);
});
