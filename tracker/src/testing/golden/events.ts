/** What golden answers are about: how an event is made, and the hand-counted week of the site `shop`. */

import { uuidv7 } from '../../collect/uuid';
import { ABSENT, type StoredEvent } from '../../events/event';
import type { QueryContext, Scope } from '../../query/port';

/** `02T10:00` of March 2026 in UTC. */
export const at = (text: string): number => Date.parse(`2026-03-${text}:00Z`);

export function storedEvent(fields: Partial<StoredEvent> & { ts: number }): StoredEvent {
  return {
    event_id: uuidv7(fields.ts),
    site_id: 'shop',
    received_ts: fields.ts,
    event_name: 'view',
    ...ABSENT,
    visitor_id: 'v1',
    session_id: 's1',
    ...fields,
  };
}

export function week(): StoredEvent[] {
  const anna = { visitor_id: 'anna', session_id: 'anna-1', browser: 'Firefox' };
  const later = { ...anna, session_id: 'anna-2' };
  const ben = { visitor_id: 'ben', session_id: 'ben-1', browser: 'Chrome' };
  const cleo = { visitor_id: 'cleo', session_id: 'cleo-1', browser: 'Chrome' };
  const chart = { widget: 'series-chart', widget_version: '1.2.0', panel_id: 'p1', layout_id: 'home', path: '/d/sales' };
  const table = { widget: 'data-table', widget_version: '2.0.0', panel_id: 'p2', layout_id: 'home', path: '/d/sales' };
  const events = [
    { ts: at('02T10:00'), path: '/', ...anna, referrer: 'https://search.example/', utm_source: 'mail' },
    { ts: at('02T10:01'), event_name: 'dwell', dwell_ms: 60_000, path: '/', ...anna },
    { ts: at('02T10:02'), path: '/pricing', ...anna },
    { ts: at('02T10:03'), event_name: 'dwell', dwell_ms: 30_000, path: '/pricing', ...anna },
    { ts: at('02T10:59'), path: '/', ...ben },
    { ts: at('02T11:00'), event_name: 'dwell', dwell_ms: 10_000, path: '/', ...ben },
    // Late in the evening in UTC, already the next day in Berlin.
    { ts: at('02T23:30'), path: '/', ...later },
    { ts: at('02T23:31'), event_name: 'dwell', dwell_ms: 20_000, path: '/', ...later },
    { ts: at('04T00:00'), path: "/it's; DROP TABLE events--", ...cleo },
    { ts: at('05T09:00'), event_name: 'signup', props: '{"plan":"pro"}', path: '/pricing', ...cleo },
    { ts: at('05T09:00'), event_name: 'widget_view', ...chart, ...anna },
    { ts: at('05T09:01'), event_name: 'widget_view', ...chart, ...ben },
    { ts: at('05T09:02'), event_name: 'widget_view', ...table, ...ben },
    { ts: at('05T09:03'), event_name: 'widget_dwell', dwell_ms: 5_000, ...chart, ...ben },
    { ts: at('05T09:03'), event_name: 'widget_dwell', dwell_ms: 7_000, ...table, ...ben },
    { ts: at('05T09:04'), event_name: 'widget_error', ...table, ...ben },
    // The very end of the week belongs to the next one.
    { ts: at('09T00:00'), path: '/', ...cleo },
    { ts: at('02T10:00'), site_id: 'other', path: '/elsewhere', visitor_id: 'dora', session_id: 'dora-1' },
  ].map(storedEvent);
  const [first] = events;
  // The same id twice is one event; the same id on another site is another event.
  return first ? [...events, { ...first }, { ...first, path: '/late-duplicate' }, { ...first, site_id: 'other' }] : events;
}

/** Asks without ever giving up; an answer of which something is missing is a wrong one. */
export const context: QueryContext = {
  signal: new AbortController().signal,
  partial(missing) {
    throw new Error(`incomplete: ${missing.text}`);
  },
};

/** The week of one site. */
export const scope = (more: Partial<Scope> = {}): Scope => ({
  site: 'shop',
  from: at('02T00:00'),
  to: at('09T00:00'),
  filters: [],
  ...more,
});
