import { randomUUID } from 'node:crypto';
import type { RegistryEvent } from '@datamesh/contracts';
import { type Clock, isoTime } from '../clock';
import type { PendingEvent } from '../events/pending';
import { channelsOf, type WidgetRecord } from './widget';

/** Everybody may know of widgets: the marketplace shows them to all who signed in. */
export function widgetEvent(type: RegistryEvent['type'], widget: WidgetRecord, version: string, clock: Clock): PendingEvent {
  return {
    id: randomUUID(),
    type,
    at: isoTime(clock),
    data: { name: widget.name, version, channels: channelsOf(widget) },
    audience: { kind: 'all' },
  };
}
