import type { Context, WidgetManifest } from '@datamesh/contracts';

const KNOWN: Record<string, Omit<Context, 'type'>> = {
  'fdc3.instrument': { name: 'Apple Inc.', id: { ticker: 'AAPL' } },
  'fdc3.contact': { name: 'Jane Doe', id: { email: 'jane.doe@example.com' } },
  'fdc3.organization': { name: 'Example Ltd', id: { LEI: '5493001KJTIIGC8Y1R12' } },
  'fdc3.timeRange': { startTime: '2026-01-01', endTime: '2026-03-31' },
  'datamesh.airport': { name: 'Atlanta', id: { iata: 'ATL' } },
  'datamesh.widget': { name: 'notes', id: { widget: 'notes' } },
};

/** One context of each type that the widget says it hears, in widget.json's `listensFor`, `bindings` and `intents`. */
export function samplesFor({ listensFor = [], bindings, intents = [] }: WidgetManifest): Context[] {
  const types = [...listensFor, ...(bindings?.inputs ?? []).map(({ context }) => context), ...intents.flatMap(({ contexts }) => contexts)];
  return [...new Set(types)].map((type) => ({ type, ...(KNOWN[type] ?? { name: 'Sample', id: {} }) }));
}
