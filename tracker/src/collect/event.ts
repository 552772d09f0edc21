/** An event as the spool and every sink hold it: one JSON object of these fields, absent ones null. */
export interface StoredEvent {
  /** UUIDv7; duplicates are per site and id. */
  event_id: string;
  site_id: string;
  /** When the collector took it, milliseconds since the epoch. */
  received_ts: number;
  /** When it happened, by the client's clock where that is plausible; what queries go by. */
  ts: number;
  event_name: string;
  path: string | null;
  host: string | null;
  referrer: string | null;
  utm_source: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  visitor_id: string;
  session_id: string;
  country: string | null;
  browser: string | null;
  os: string | null;
  device: string | null;
  widget: string | null;
  widget_version: string | null;
  panel_id: string | null;
  layout_id: string | null;
  /** Visible time since the last report, not since the page was opened: sums are dwell. */
  dwell_ms: number | null;
  /** JSON text, so that every engine can hold it. */
  props: string | null;
}

/** Why an event was not stored; the answer's `Datamesh-Event` header and the metrics say it. */
export type DropReason =
  | 'too_large'
  | 'bad_event'
  | 'bad_id'
  | 'unknown_site'
  | 'origin_not_allowed'
  | 'bot'
  | 'privacy'
  | 'not_signed_in'
  | 'identity_unavailable'
  | 'spool_full'
  | 'spool_failed'
  | 'stopping';

export class Dropped {
  constructor(readonly reason: DropReason) {}
}

/** What the steps need to know of the request that carried an event. */
export interface Origin {
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** Used for the daily hash only; never stored. */
  ip: string;
  userAgent: string;
  /** The Origin header, or the origin of the Referer; null when the browser sent neither. */
  origin: string | null;
  /** The page's address by the Referer header: what a bare pixel has instead of `url`. */
  referer: string | null;
  /** Sec-GPC or DNT asks not to be counted. */
  optedOut: boolean;
}
