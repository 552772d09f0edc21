/** What a widget's record says of its channels beside their versions: who moves them, and who froze them. */
import type { ChannelState } from '@datamesh/contracts';
import { type ChannelOwner, channelVersion, type Hold, isLive, type WidgetRecord } from './widget';

/** Channels are named by clients: only own keys count. */
const own = <T>(record: Record<string, T> | undefined, key: string): T | null =>
  record && Object.hasOwn(record, key) ? (record[key] ?? null) : null;

/** null: people move it. */
export const ownerOf = ({ owners }: Pick<WidgetRecord, 'owners'>, channel: string): ChannelOwner | null => own(owners, channel);

export const holdOf = ({ holds }: Pick<WidgetRecord, 'holds'>, channel: string): Hold | null => own(holds, channel);

/** The record of `channel` set, or taken out with null. */
export function withChannel<T>(record: Record<string, T> | undefined, channel: string, value: T | null): Record<string, T> {
  const { [channel]: _, ...others } = record ?? {};
  return value === null ? others : { ...others, [channel]: value };
}

/** Channels that a cluster moves or that are held. */
export function channelStates(widget: WidgetRecord): Record<string, ChannelState> {
  const names = new Set([...Object.keys(widget.owners ?? {}), ...Object.keys(widget.holds ?? {})]);
  return Object.fromEntries(
    [...names].map((name) => [name, { version: channelVersion(widget, name), owner: ownerOf(widget, name), hold: holdOf(widget, name) }]),
  );
}

/** What each channel has given and could give again, the newest first. */
export const givenOf = (widget: WidgetRecord): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(widget.channels).map(([channel, versions]) => [channel, versions.filter((version) => isLive(widget, version))]),
  );
