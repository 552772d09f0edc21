import type { Context, WidgetManifest } from '@datamesh/contracts';
import { taken } from '@datamesh/contracts/context-types';
import { putPath } from './contexts';

const KNOWN: Record<string, Omit<Context, 'type'>> = {
  'fdc3.instrument': { name: 'Apple Inc.', id: { ticker: 'AAPL' } },
  'fdc3.contact': { name: 'Jane Doe', id: { email: 'jane.doe@example.com' } },
  'fdc3.organization': { name: 'Example Ltd', id: { LEI: '5493001KJTIIGC8Y1R12' } },
  'fdc3.timeRange': { startTime: '2009-01-01', endTime: '2009-12-31' },
  'datamesh.airport': { name: 'Atlanta', id: { iata: 'ATL' } },
  'datamesh.widget': { name: 'notes', id: { widget: 'notes' } },
};

/** A context of each type that the widget takes: its own samples as they are, then one that is made up for each type without any. */
export function samplesFor(manifest: WidgetManifest): Context[] {
  const { samples = [] } = manifest;
  const missing = taken(manifest).filter((type) => !samples.some((sample) => sample.type === type));
  return [...samples, ...missing.map((type) => ({ type, ...(KNOWN[type] ?? madeUp(type, manifest)) }))];
}

/** With what its bindings take of it. */
function madeUp(type: string, { bindings }: WidgetManifest): Omit<Context, 'type'> {
  const made: Record<string, unknown> = { name: 'Sample', id: {} };
  for (const { context, take } of bindings?.inputs ?? []) if (context === type && take && take !== 'name') putPath(made, take, 'Sample');
  return made;
}
