/** What visits can be broken down by, in the reader's words. Pure. */
import type { AnyDimension, Dimension } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { readerLanguage } from '@datamesh/widget-sdk';
import { say } from '../say';

const TITLES: Record<Dimension, string> = {
  path: 'Page',
  host: 'Host',
  referrer: 'Referrer',
  utm_source: 'Source',
  utm_medium: 'Medium',
  utm_campaign: 'Campaign',
  widget: 'Widget',
  widget_version: 'Version',
  panel_id: 'Panel',
  layout_id: 'Layout',
  browser: 'Browser',
  os: 'System',
  device: 'Device',
  country: 'Country',
  event_name: 'Event',
};

export const isDimension = (value: unknown): value is AnyDimension =>
  typeof value === 'string' && (Object.hasOwn(TITLES, value) || /^props\.[A-Za-z_][A-Za-z0-9_-]{0,59}$/.test(value));

export const dimensionTitle = (dimension: AnyDimension): string =>
  dimension.startsWith('props.') ? dimension.slice('props.'.length) : say(TITLES[dimension as Dimension]);

/** A breakdown: values of a dimension, or the pages that sessions begin and end with. */
export type Part = AnyDimension | 'entries' | 'exits';
export type GroupId = 'pages' | 'sources' | 'widgets' | 'devices' | 'events';

export const GROUPS: readonly { id: GroupId; title: string; parts: readonly { part: Part; title: string }[] }[] = [
  {
    id: 'pages',
    title: 'Pages',
    parts: [
      { part: 'path', title: 'Top pages' },
      { part: 'entries', title: 'Entry pages' },
      { part: 'exits', title: 'Exit pages' },
      { part: 'host', title: 'Hosts' },
      { part: 'layout_id', title: 'Layouts' },
    ],
  },
  {
    id: 'sources',
    title: 'Sources',
    parts: [
      { part: 'referrer', title: 'Referrers' },
      { part: 'utm_source', title: 'Campaign sources' },
      { part: 'utm_medium', title: 'Campaign media' },
      { part: 'utm_campaign', title: 'Campaigns' },
    ],
  },
  {
    id: 'widgets',
    title: 'Widgets',
    parts: [
      { part: 'widget', title: 'Widgets' },
      { part: 'widget_version', title: 'Versions' },
      { part: 'panel_id', title: 'Panels' },
    ],
  },
  {
    id: 'devices',
    title: 'Devices',
    parts: [
      { part: 'browser', title: 'Browsers' },
      { part: 'os', title: 'Systems' },
      { part: 'device', title: 'Devices' },
      { part: 'country', title: 'Countries' },
    ],
  },
  { id: 'events', title: 'Events', parts: [{ part: 'event_name', title: 'Names' }] },
];

export const isGroup = (value: unknown): value is GroupId => GROUPS.some(({ id }) => id === value);

/** The dimension that a row of this part filters by. */
export const dimensionOf = (part: Part): AnyDimension => (part === 'entries' || part === 'exits' ? 'path' : part);

/** What a count of rows is called. */
export function nounOf(part: Part): string {
  if (part === 'entries' || part === 'exits') return 'session';
  if (part === 'event_name' || part.startsWith('props.')) return 'event';
  return part === 'widget' || part === 'widget_version' || part === 'panel_id' ? 'widget view' : 'view';
}

/** A value as people read it; the value itself stays what filters carry. */
export function valueText(dimension: AnyDimension, value: string): string {
  if (dimension === 'referrer') return value.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  if (dimension === 'widget_version') return shownVersion(value);
  if (dimension === 'widget') return value.charAt(0).toUpperCase() + value.slice(1).replaceAll('-', ' ');
  if (dimension === 'device') return value.charAt(0).toUpperCase() + value.slice(1);
  if (dimension === 'country' && /^[A-Z]{2}$/.test(value)) {
    return new Intl.DisplayNames(readerLanguage(), { type: 'region' }).of(value) ?? value;
  }
  return value;
}
