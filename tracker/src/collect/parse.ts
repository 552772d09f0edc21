/** Step `parse`: what the client sent, checked field by field against the contract's Event. Unknown fields are ignored, null means absent. */
import { isIP } from 'node:net';
import { Dropped, type Origin, type Testimony } from './event';
import { propsText } from './props';
import { clean, cut } from './text';
import { isUuidv7, uuidv7 } from './uuid';

export interface ParsedEvent {
  site: string;
  id: string;
  name: string;
  ts: number;
  /** What the client's clock said, plausible or not; null when it said nothing. */
  sent: number | null;
  path: string | null;
  host: string | null;
  referrer: string | null;
  utmSource: string | null;
  utmMedium: string | null;
  utmCampaign: string | null;
  widget: string | null;
  widgetVersion: string | null;
  panelId: string | null;
  layoutId: string | null;
  dwellMs: number | null;
  loadMs: number | null;
  props: string | null;
}

const BAD = new Dropped('bad_event');
const BAD_ID = new Dropped('bad_id');
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,59}$/;
const DAY = 86_400_000;
/** How far a client's clock may be behind (queued while offline) or ahead before the time of arrival counts instead. */
const OLDEST = 7 * DAY;
const AHEAD = 60_000;
/** A trusted sender may bring a history along. */
const OLDEST_TRUSTED = 400 * DAY;
const LONGEST_LOAD = 600_000;

export function parseEvent(raw: unknown, request: Origin, defaultName: string): ParsedEvent | Dropped {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return BAD;
  const fields = raw as Record<string, unknown>;
  let bad = false;
  const text = (key: string, max: number): string | null => {
    const value = fields[key];
    if (value === undefined || value === null || value === '') return null;
    if (typeof value !== 'string' || value.length > max) {
      bad = true;
      return null;
    }
    return clean(value) || null;
  };

  const site = text('site', 50);
  const id = text('id', 36)?.toLowerCase() ?? uuidv7(request.receivedAt);
  const name = text('name', 60) ?? defaultName;
  const url = parseUrl(text('url', 2000) ?? request.referer);
  const path = text('path', 1000) ?? url?.pathname ?? null;
  const referrer = text('referrer', 2000);
  const clock = text('ts', 40);
  const widget = text('widget', 50);
  const widgetVersion = text('widget_version', 100);
  const panelId = text('panel_id', 40);
  const layoutId = text('layout_id', 40);
  const dwellMs = wholeNumber(fields['dwell_ms'], DAY);
  const loadMs = wholeNumber(fields['load_ms'], LONGEST_LOAD);
  const props = propsText(fields['props']);
  const sent = clock === null ? null : Date.parse(clock);
  if (bad || site === null || !NAME.test(name) || Number.isNaN(sent)) return BAD;
  if (dwellMs === undefined || loadMs === undefined || props === undefined) return BAD;
  if (!isUuidv7(id)) return BAD_ID;

  return {
    site,
    id,
    name,
    ts: sent === null || sent < request.receivedAt - OLDEST || sent > request.receivedAt + AHEAD ? request.receivedAt : sent,
    sent,
    path: path === null ? null : pathOnly(path),
    host: url?.host.slice(0, 255) ?? null,
    referrer: referrerOf(referrer, url),
    utmSource: campaign(url, 'utm_source'),
    utmMedium: campaign(url, 'utm_medium'),
    utmCampaign: campaign(url, 'utm_campaign'),
    widget,
    widgetVersion,
    panelId,
    layoutId,
    dwellMs,
    loadMs,
    props,
  };
}

/** What else a trusted sender may say. Believed to the letter or refused: a wrong moment or country would falsify what is long counted. */
export function parseTestimony(raw: unknown, event: ParsedEvent, request: Origin): Testimony | Dropped {
  const { visitor, ip, user_agent: userAgent, country } = raw as Record<string, unknown>;
  if (event.sent !== null) {
    if (event.sent < request.receivedAt - OLDEST_TRUSTED) return BAD;
    event.ts = event.sent > request.receivedAt + AHEAD ? request.receivedAt : event.sent;
  }
  if (!isText(visitor, 100) || !isText(ip, 45) || !isText(userAgent, 1000) || !isText(country, 2)) return BAD;
  if (ip && isIP(ip) === 0) return BAD;
  if (country && !/^[A-Z]{2}$/.test(country)) return BAD;
  return { visitor: (visitor && clean(visitor)) || null, ip: ip || null, userAgent: userAgent || '', country: country || null };
}

const isText = (value: unknown, max: number): value is string | null | undefined =>
  value === undefined || value === null || (typeof value === 'string' && value.length <= max);

function parseUrl(text: string | null): URL | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** Query and fragment often carry what is private: they are never stored. */
function pathOnly(path: string): string {
  const end = path.search(/[?#]/);
  const bare = end < 0 ? path : path.slice(0, end);
  return cut(bare.startsWith('/') ? bare : `/${bare}`, 1000);
}

/** Origin and path of the page before; null within one site. */
function referrerOf(text: string | null, page: URL | null): string | null {
  const referrer = parseUrl(text);
  if (!referrer || referrer.host === page?.host) return null;
  return `${referrer.origin}${referrer.pathname}`.slice(0, 1000);
}

function campaign(url: URL | null, key: string): string | null {
  const value = url?.search ? url.searchParams.get(key) : null;
  return value ? cut(clean(value), 200) || null : null;
}

/** null: absent; undefined: not a whole number of milliseconds up to `most`. The pixel's query brings it as text. */
function wholeNumber(value: unknown, most: number): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > most) return undefined;
  return number;
}
