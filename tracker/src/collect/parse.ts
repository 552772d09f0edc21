/** Step `parse`: what the client sent, checked field by field against the contract's Event. Unknown fields are ignored, null means absent. */
import { Dropped, type Origin } from './event';
import { isUuidv7, uuidv7 } from './uuid';

export interface ParsedEvent {
  site: string;
  id: string;
  name: string;
  ts: number;
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
  props: string | null;
}

const BAD = new Dropped('bad_event');
const BAD_ID = new Dropped('bad_id');
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,59}$/;
const DAY = 86_400_000;
/** How far a client's clock may be behind (queued while offline) or ahead before the time of arrival counts instead. */
const OLDEST = 7 * DAY;
const AHEAD = 60_000;
const MAX_PROPS = 8192;

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
    return clean(value);
  };

  const site = text('site', 50);
  const id = text('id', 36)?.toLowerCase() ?? uuidv7(request.receivedAt);
  const name = text('name', 60) ?? defaultName;
  const url = parseUrl(text('url', 2000) ?? request.referer);
  const path = text('path', 1000) ?? url?.pathname ?? null;
  const referrer = text('referrer', 2000);
  const sent = text('ts', 40);
  const widget = text('widget', 50);
  const widgetVersion = text('widget_version', 100);
  const panelId = text('panel_id', 40);
  const layoutId = text('layout_id', 40);
  const dwellMs = wholeNumber(fields['dwell_ms']);
  const props = propsText(fields['props']);
  const ts = sent === null ? request.receivedAt : Date.parse(sent);
  if (bad || site === null || !NAME.test(name) || dwellMs === undefined || props === undefined || Number.isNaN(ts)) return BAD;
  if (!isUuidv7(id)) return BAD_ID;

  return {
    site,
    id,
    name,
    ts: ts < request.receivedAt - OLDEST || ts > request.receivedAt + AHEAD ? request.receivedAt : ts,
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
    props,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const UNPRINTABLE = /[\u0000-\u001f\u007f]/g;

/** No control characters and no lone surrogates: every engine can hold the rest, and JSON of it is valid everywhere. */
export const clean = (text: string): string => text.replace(UNPRINTABLE, '').replace(/\p{Surrogate}/gu, '\uFFFD');

function parseUrl(text: string | null): URL | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** Query and fragment often carry what is private: they are never stored. */
function pathOnly(path: string): string {
  const end = path.search(/[?#]/);
  const bare = end < 0 ? path : path.slice(0, end);
  return (bare.startsWith('/') ? bare : `/${bare}`).slice(0, 1000);
}

/** Origin and path of the page before; null within one site. */
function referrerOf(text: string | null, page: URL | null): string | null {
  const referrer = parseUrl(text);
  if (!referrer || referrer.host === page?.host) return null;
  return `${referrer.origin}${referrer.pathname}`.slice(0, 1000);
}

function campaign(url: URL | null, key: string): string | null {
  const value = url?.search ? url.searchParams.get(key) : null;
  return value ? clean(value).slice(0, 200) : null;
}

/** null: absent; undefined: not a whole number of milliseconds within a day. The pixel's query brings it as text. */
function wholeNumber(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > DAY) return undefined;
  return number;
}

function propsText(value: unknown): string | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  let props = value;
  if (typeof value === 'string') {
    try {
      props = JSON.parse(value);
    } catch {
      return undefined; // counted as bad_event
    }
  }
  if (typeof props !== 'object' || props === null || Array.isArray(props)) return undefined;
  const json = JSON.stringify(props, (_, inner: unknown) => (typeof inner === 'string' ? clean(inner) : inner));
  return json.length > MAX_PROPS || /\\ud[89a-f]/i.test(json) ? undefined : json;
}
