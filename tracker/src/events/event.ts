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
  /** Of a widget_view: from mounting to ready. */
  load_ms: number | null;
  /** Only on records of the site `<site>/dropped`, which is no site of anybody's: how many events were dropped for the reason `event_name`. */
  dropped: number | null;
  /** JSON text of a flat object whose values are text, so that every engine counts them alike; null rather than {}. */
  props: string | null;
}

/** What an event may lack, as it is stored without any of it. */
export const ABSENT = {
  path: null,
  host: null,
  referrer: null,
  utm_source: null,
  utm_medium: null,
  utm_campaign: null,
  country: null,
  browser: null,
  os: null,
  device: null,
  widget: null,
  widget_version: null,
  panel_id: null,
  layout_id: null,
  dwell_ms: null,
  load_ms: null,
  dropped: null,
  props: null,
} as const satisfies Partial<StoredEvent>;

/**
 * Stands in the log between events: whatever was stored before it of these visitors goes, in every sink. The same erasure may come twice.
 */
export interface Erasure {
  /** The first field of its JSON: a sink tells by the first bytes what it has before it. */
  kind: 'erasure';
  site_id: string;
  visitor_ids: string[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** Why an event was not stored; the answer's `Datamesh-Event` header and the metrics say it. */
export type DropReason =
  | 'too_large'
  | 'bad_event'
  | 'unknown_site'
  | 'key_refused'
  | 'origin_not_allowed'
  | 'bot'
  | 'privacy'
  | 'duplicate'
  | 'rate_limited'
  | 'not_signed_in'
  | 'identity_unavailable'
  | 'spool_full'
  | 'spool_failed'
  | 'stopping';

/** What of an event was too long or odd, and was cut or left out while the event counts; the answer's `Datamesh-Detail` header and the metrics say it. */
export type Detail =
  | 'id'
  | 'name'
  | 'ts'
  | 'url'
  | 'path'
  | 'referrer'
  | 'utm_source'
  | 'utm_medium'
  | 'utm_campaign'
  | 'widget'
  | 'widget_version'
  | 'panel_id'
  | 'layout_id'
  | 'dwell_ms'
  | 'load_ms'
  | 'props'
  | 'visitor'
  | 'ip'
  | 'user_agent'
  | 'country';

/** Under which name the details of a site are counted; no site can be called that. */
export const detailsOf = (site: string): string => `${site}/details`;

export class Dropped {
  constructor(readonly reason: DropReason) {}
}

/** What the steps need to know of the request that carried an event. */
export interface RequestContext {
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** Used for the daily hash and the country only; never stored. */
  ip: string;
  userAgent: string;
  /** The Origin header, or the origin of the Referer; null when the browser sent neither. */
  origin: string | null;
  /** The page's address by the Referer header: what a bare pixel has instead of `url`. */
  referer: string | null;
  /** Sec-GPC or DNT asks not to be counted. */
  optedOut: boolean;
  /** By a header of a trusted proxy. */
  country: string | null;
  /** SHA-256 of the key that came with it; whether it fits is for the event's site to say. */
  key: Buffer | null;
}

/** What a trusted sender says of the visitor; of nobody else is any of it even read. */
export interface TrustedClaims {
  /** The sender's own name of the visitor. */
  visitor: string | null;
  /** Never stored. */
  ip: string | null;
  userAgent: string;
  country: string | null;
}
