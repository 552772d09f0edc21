/** Changes to a widget: read, decide, write if nobody wrote in between, else again. Event and audit entry go with the write. */
import { randomUUID } from 'node:crypto';
import type { RegistryEvent } from '@datamesh/contracts';
import { type Asking, entryAbout } from '../audit/audit';
import type { Clock } from '../clock';
import { isoTime } from '../clock';
import type { Pending, PendingEvent } from '../events/pending';
import { problem } from '../http/problem';
import type { Contents } from './contents';
import { checkOwner } from './publish/ownership';
import { isChannelName } from './resolve';
import type { WidgetStore } from './store';
import { channelsOf, isLive, listingOf, promoted, shownVersion, versionOf, type WidgetRecord } from './widget';

export interface ChangesOptions {
  store: WidgetStore;
  contents: Contents;
  clock: Clock;
  /** Something waits to be relayed. */
  nudge(): void;
}

/** Who changes a widget: in the name of a team, and as the audit log keeps it. */
export interface Changer {
  team: string;
  asking: Asking;
}

/** What a change makes of a widget; null: it is as wished already. */
type Change = (widget: WidgetRecord) => Pick<WidgetRecord, 'versions' | 'channels'> | null;

/** Each gives the widget as it is then; nothing is written or recorded where it was so before. */
export interface Changes {
  promote(name: string, channel: string, version: string, by: Changer): Promise<WidgetRecord>;
  deprecate(name: string, version: string, reason: string, by: Changer): Promise<WidgetRecord>;
  yank(name: string, version: string, reason: string, by: Changer): Promise<WidgetRecord>;
}

export const widgetUnknown = (name: string) => problem(404, 'widget_unknown', `No widget is called ${name}`);
export const versionUnknown = (name: string, version: string) => problem(404, 'version_unknown', `${name} has no version ${version}`);

export function createChanges({ store, contents, clock, nudge }: ChangesOptions): Changes {
  async function change(name: string, { team }: Changer, make: Change, about: (widget: WidgetRecord) => Pending[]) {
    for (;;) {
      const widget = await store.find(name);
      if (!widget) throw widgetUnknown(name);
      checkOwner(widget, team);
      const made = make(widget);
      if (!made) return widget;
      const shown = shownVersion(made) ?? widget.listing.version;
      const { manifest } = await contents.of(widget, shown);
      const next = { ...widget, ...made, revision: widget.revision + 1, listing: listingOf(made, manifest, shown) };
      if (await store.commit(next, about(next))) {
        nudge();
        return next;
      }
    }
  }

  const entry = ({ asking }: Changer, action: string, subject: string, details: Record<string, unknown>) =>
    entryAbout(asking, isoTime(clock), action, subject, details);

  const mark = (widget: WidgetRecord, version: string, kind: 'deprecated' | 'yanked', reason: string) => {
    const marked = versionOf(widget, version);
    if (!marked) throw versionUnknown(widget.name, version);
    if (marked[kind] === reason) return null;
    return {
      channels: widget.channels,
      versions: widget.versions.map((other) => (other === marked ? { ...other, [kind]: reason } : other)),
    };
  };

  return {
    promote: (name, channel, version, by) => {
      if (!isChannelName(channel)) {
        throw problem(
          422,
          'channel_reserved',
          `${channel} cannot be promoted to: latest follows publishing, and a name like a range would mean two things`,
        );
      }
      return change(
        name,
        by,
        (widget) => {
          if (!versionOf(widget, version)) throw versionUnknown(name, version);
          if (!isLive(widget, version)) throw problem(409, 'version_yanked', `${name} ${version} was withdrawn; promote another version`);
          const history = Object.hasOwn(widget.channels, channel) ? widget.channels[channel] : undefined;
          if (history?.[0] === version) return null;
          return { versions: widget.versions, channels: { ...widget.channels, [channel]: promoted(history, version) } };
        },
        (widget) => [
          widgetEvent('widgets.active-changed', widget, version, clock),
          entry(by, 'widget.promote', `${name}@${channel}`, { version }),
        ],
      );
    },
    deprecate: (name, version, reason, by) =>
      change(
        name,
        by,
        (widget) => mark(widget, version, 'deprecated', reason),
        (widget) => [
          widgetEvent('widgets.deprecated', widget, version, clock),
          entry(by, 'widget.deprecate', `${name}@${version}`, { reason }),
        ],
      ),
    yank: (name, version, reason, by) =>
      change(
        name,
        by,
        (widget) => mark(widget, version, 'yanked', reason),
        (widget) => [widgetEvent('widgets.yanked', widget, version, clock), entry(by, 'widget.yank', `${name}@${version}`, { reason })],
      ),
  };
}

/** Everybody may know of widgets: the marketplace shows them to all who signed in. */
export function widgetEvent(type: RegistryEvent['type'], widget: WidgetRecord, version: string, clock: Clock): PendingEvent {
  return {
    id: randomUUID(),
    type,
    at: isoTime(clock),
    data: { name: widget.name, version, channels: channelsOf(widget) },
    audience: { kind: 'all' },
  };
}
