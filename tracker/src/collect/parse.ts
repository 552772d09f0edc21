/**
 * Step `parse`: what the client sent, field by field against the contract's Event. Unknown fields are ignored, null means absent. What is too long
 * is cut and what is odd is left out, each time named as a lost detail: the event itself counts.
 */

import { type Detail, Dropped, type RequestContext, type TrustedClaims } from '../events/event';
import { parseUrl, readablePath, readableReferrer } from './address';
import { readableHost } from './host-name';
import { type Props, propsOf } from './props';
import { clean, cut } from './text';
import { derivedUuidv7, isUuidv7, uuidv7 } from './uuid';

export interface ParsedEvent {
  site: string;
  id: string;
  /** Made here, as it brought none: such an event comes once. */
  isIdNew: boolean;
  name: string;
  ts: number;
  /** What the client's clock said, plausible or not; null when it said nothing, NaN when nobody can read it. */
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
  /** What of it was cut or left out. */
  lost: Set<Detail>;
}

const BAD = new Dropped('bad_event');
const DAY = 86_400_000;
/** How far a client's clock may be behind (queued while offline) or ahead before the time of arrival counts instead. */
const OLDEST = 7 * DAY;
const AHEAD = 60_000;
/** A trusted sender may bring a history along. */
const OLDEST_TRUSTED = 400 * DAY;
const LONGEST_LOAD = 600_000;
const LONGEST_PATH = 1000;
/** Of an event whose name is no text: no view, as a name was given. */
const UNNAMED = 'unnamed';

export function parseEvent(raw: unknown, request: RequestContext, defaultName: string): ParsedEvent | Dropped {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return BAD;
  const fields = new Fields(raw as Record<string, unknown>);
  const { lost } = fields;
  const { site: name } = fields.raw;
  const site = typeof name === 'string' ? clean(name) : '';
  if (site === '') return BAD;

  const sent = fields.moment('ts');
  const given = fields.url('url');
  const page = given ?? parseUrl(request.referer);
  const referrer = fields.url('referrer');
  const from = referrer && referrer.host !== page?.host ? readableReferrer(referrer) : null;
  return {
    site,
    id: fields.id('id', site, Number.isFinite(sent) ? sent : null, request.receivedAt),
    isIdNew: fields.isIdNew,
    name: fields.isAbsent('name') ? defaultName : fields.text('name', 60)?.replace(/\s+/g, ' ').trim() || UNNAMED,
    ts: plausible(sent, request.receivedAt),
    sent,
    path: fields.path('path') ?? (page && fields.cut('path', readablePath(page.pathname), LONGEST_PATH)),
    host: page && fields.cut('url', readableHost(page), 255),
    referrer: from && fields.cut('referrer', from, LONGEST_PATH),
    utmSource: fields.campaign(page, 'utm_source'),
    utmMedium: fields.campaign(page, 'utm_medium'),
    utmCampaign: fields.campaign(page, 'utm_campaign'),
    widget: fields.text('widget', 50),
    widgetVersion: fields.text('widget_version', 100),
    panelId: fields.text('panel_id', 40),
    layoutId: fields.text('layout_id', 40),
    dwellMs: fields.milliseconds('dwell_ms', DAY),
    loadMs: fields.milliseconds('load_ms', LONGEST_LOAD),
    props: fields.props('props'),
    lost,
  };
}

/** What else a trusted sender may say. A moment is believed or refused: a wrong one would falsify what is long counted. */
export function parseTrustedClaims(raw: unknown, event: ParsedEvent, request: RequestContext): TrustedClaims | Dropped {
  if (event.sent !== null) {
    if (!(event.sent >= request.receivedAt - OLDEST_TRUSTED)) return BAD;
    event.ts = event.sent > request.receivedAt + AHEAD ? request.receivedAt : event.sent;
  }
  const fields = new Fields(raw as Record<string, unknown>, event.lost);
  const country = fields.text('country', 20)?.toUpperCase() ?? null;
  if (country && !/^[A-Z]{2}$/.test(country)) event.lost.add('country');
  return {
    // Both are only ever hashed: however long and odd, they tell one visitor from another.
    visitor: fields.text('visitor', Number.POSITIVE_INFINITY),
    ip: fields.text('ip', Number.POSITIVE_INFINITY),
    userAgent: fields.text('user_agent', 1000) ?? '',
    country: country && /^[A-Z]{2}$/.test(country) ? country : null,
  };
}

function plausible(sent: number | null, receivedAt: number): number {
  return sent !== null && sent >= receivedAt - OLDEST && sent <= receivedAt + AHEAD ? sent : receivedAt;
}

/** What was sent, read leniently. `null` and `''` are absent; numbers and booleans are as good as their text. */
class Fields {
  isIdNew = false;

  constructor(
    readonly raw: Readonly<Record<string, unknown>>,
    readonly lost = new Set<Detail>(),
  ) {}

  isAbsent(field: string): boolean {
    const value = this.raw[field];
    return value === undefined || value === null || value === '';
  }

  text(field: Detail, most: number): string | null {
    if (this.isAbsent(field)) return null;
    const value = this.raw[field];
    if (typeof value === 'object') return this.lose(field);
    return this.cut(field, clean(String(value)), most) || null;
  }

  cut(field: Detail, text: string, most: number): string {
    if (text.length > most) this.lost.add(field);
    return cut(text, most);
  }

  /** Of an address as long as it likes: what is kept of it is cut. */
  url(field: Detail): URL | null {
    const text = this.text(field, Number.POSITIVE_INFINITY);
    return parseUrl(text) ?? (text === null ? null : this.lose(field));
  }

  path(field: Detail): string | null {
    const text = this.text(field, Number.POSITIVE_INFINITY);
    return text && this.cut(field, readablePath(text), LONGEST_PATH);
  }

  campaign(page: URL | null, field: 'utm_source' | 'utm_medium' | 'utm_campaign'): string | null {
    const value = page?.search ? page.searchParams.get(field) : null;
    return value ? this.cut(field, clean(value), 200) || null : null;
  }

  moment(field: Detail): number | null {
    if (this.isAbsent(field)) return null;
    const value = this.raw[field];
    const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(moment)) this.lost.add(field);
    return moment;
  }

  /** Whole, up to `most`. The pixel's query brings it as text. */
  milliseconds(field: Detail, most: number): number | null {
    if (this.isAbsent(field)) return null;
    const value = this.raw[field];
    const number = typeof value === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && number >= 0 && number <= most ? Math.round(number) : this.lose(field);
  }

  /** An id of another kind still tells a repetition: what is made of it is the same each time. */
  id(field: Detail, site: string, sent: number | null, receivedAt: number): string {
    const text = this.text(field, Number.POSITIVE_INFINITY)?.toLowerCase();
    if (text === undefined) {
      this.isIdNew = true;
      return uuidv7(receivedAt);
    }
    if (isUuidv7(text)) return text;
    this.lost.add(field);
    return derivedUuidv7(`${site}/${text}`, sent ?? receivedAt - (receivedAt % DAY));
  }

  props(field: Detail): string | null {
    const props: Props = propsOf(this.raw[field]);
    if (props.lost) this.lost.add(field);
    return props.text;
  }

  private lose(field: Detail): null {
    this.lost.add(field);
    return null;
  }
}
