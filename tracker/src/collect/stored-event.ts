/** What the steps found out, as it is stored. */

import type { StoredEvent } from '../events/event';
import type { EventInProgress } from './steps';

export function storedEvent({ parsed: event, request, session, device, country }: EventInProgress): StoredEvent {
  return {
    event_id: event.id,
    site_id: event.site,
    received_ts: request.receivedAt,
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
    browser: device.browser,
    os: device.os,
    device: device.device,
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
