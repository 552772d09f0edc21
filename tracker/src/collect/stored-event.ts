/** What the steps found out, as it is stored. */
import type { Session } from '../identity/session';
import type { StoredEvent } from './event';
import type { ParsedEvent } from './parse';
import type { Device } from './user-agent';

export function storedEvent(
  event: ParsedEvent,
  receivedAt: number,
  session: Session,
  { browser, os, device }: Device,
  country: string | null,
): StoredEvent {
  return {
    event_id: event.id,
    site_id: event.site,
    received_ts: receivedAt,
    ts: event.ts,
    event_name: event.name,
    path: event.path,
    host: event.host,
    referrer: event.referrer,
    utm_source: event.utmSource,
    utm_medium: event.utmMedium,
    utm_campaign: event.utmCampaign,
    visitor_id: session.visitor,
    session_id: session.id,
    country,
    browser,
    os,
    device,
    widget: event.widget,
    widget_version: event.widgetVersion,
    panel_id: event.panelId,
    layout_id: event.layoutId,
    dwell_ms: event.dwellMs,
    load_ms: event.loadMs,
    dropped: null,
    props: event.props,
  };
}
