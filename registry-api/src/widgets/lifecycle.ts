/** Changes to a widget: read, decide, write if nobody wrote in between, else again. Event and audit entry go with the write. */
import { entryAbout } from '../audit/audit';
import type { Clock } from '../clock';
import { isoTime } from '../clock';
import { lookAgain } from '../events/announcer';
import { problem } from '../http/problem';
import type { Changer, ChangeWidget, Keeper } from './change';
import { givenOf, holdOf, ownerOf, withChannel } from './channels';
import { createFollowing, type Following, type FollowingOptions } from './following';
import { checkOwner } from './publish/ownership';
import { isChannelName } from './resolve';
import type { WidgetStore } from './store';
import type { VersionContents } from './version-content';
import { channelVersion, isLive, listingOf, promoted, shownVersion, versionOf, type WidgetRecord } from './widget';
import { widgetEvent } from './widget-event';

export interface WidgetLifecycleOptions {
  store: WidgetStore;
  contents: VersionContents;
  clock: Clock;
  openDashboards: FollowingOptions['openDashboards'];
  /** Something waits to be relayed. */
  wakeRelay(): void;
}

/** Each gives the widget as it is then; nothing is written or recorded where it was so before. */
export interface WidgetLifecycle extends Following {
  promote(name: string, channel: string, version: string, by: Changer): Promise<WidgetRecord>;
  deprecate(name: string, version: string, reason: string, by: Changer): Promise<WidgetRecord>;
  yank(name: string, version: string, reason: string, by: Changer): Promise<WidgetRecord>;
  /** Freezes a channel, at the version named or at what it gives (409 `channel_empty` where that is nothing). */
  hold(name: string, channel: string, requested: { version: string | undefined; reason: string }, by: Keeper): Promise<WidgetRecord>;
  /** `at`: of the hold that is meant (409 `hold_changed` where another one has replaced it); undefined: whichever there is. */
  lift(name: string, channel: string, at: string | undefined, by: Keeper): Promise<WidgetRecord>;
  /** Gives a channel that a cluster moved back to people; `inUse` says whether something of its Deployment still runs (409). */
  release(name: string, channel: string, inUse: (uid: string) => Promise<boolean>, by: Keeper): Promise<WidgetRecord>;
}

export const widgetUnknown = (name: string) => problem(404, 'widget_unknown', `No widget is called ${name}`);
export const versionUnknown = (name: string, version: string) => problem(404, 'version_unknown', `${name} has no version ${version}`);

export function createWidgetLifecycle({ store, contents, clock, openDashboards, wakeRelay }: WidgetLifecycleOptions): WidgetLifecycle {
  const change: ChangeWidget = async (name, { team }, make, about) => {
    for (;;) {
      const widget = await store.find(name);
      if (!widget) throw widgetUnknown(name);
      if (team !== null) checkOwner(widget, team);
      const made = await make(widget);
      if (!made) return widget;
      const shown = shownVersion(made) ?? widget.listing.version;
      const { manifest } = await contents.of(widget, shown);
      const next = { ...widget, ...made, revision: widget.revision + 1, listing: listingOf(made, manifest, shown) };
      if (await store.commit(next, about(next))) {
        wakeRelay();
        return next;
      }
    }
  };

  const entry = ({ asking }: Keeper, action: string, subject: string, details: Record<string, unknown>) =>
    entryAbout(asking, isoTime(clock), action, subject, details);

  const byName = ({ person }: Keeper) => (person ? { byName: person.name } : {});

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
          checkVersion(widget, version);
          checkMovable(widget, channel);
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
    hold: (name, channel, { version, reason }, by) =>
      change(
        name,
        by,
        (widget) => {
          if (!isChannelName(channel)) throw problem(422, 'channel_reserved', `${channel} follows publishing and cannot be held`);
          if (version !== undefined) checkVersion(widget, version);
          const held = version ?? channelVersion(widget, channel);
          if (held === null) throw problem(409, 'channel_empty', `${name}@${channel} gives nothing that could be held; name a version`);
          if (by.person) checkGiven(widget, channel, held);
          const before = holdOf(widget, channel);
          if (before?.version === held && before.reason === reason) return null;
          return {
            versions: widget.versions,
            channels: withChannel(widget.channels, channel, promoted(widget.channels[channel], held)),
            holds: withChannel(widget.holds, channel, {
              version: held,
              reason,
              by: by.asking.actor,
              ...byName(by),
              at: isoTime(clock),
            }),
          };
        },
        (widget) => {
          const held = holdOf(widget, channel)?.version ?? '';
          return [
            widgetEvent('widgets.active-changed', widget, held, clock),
            entry(by, 'widget.hold', `${name}@${channel}`, { version: held, reason, ...byName(by) }),
          ];
        },
      ),
    lift: (name, channel, at, by) =>
      change(
        name,
        by,
        ({ versions, channels, holds }) => {
          const hold = holdOf({ holds }, channel);
          if (!hold) return null;
          if (at !== undefined && Date.parse(at) !== Date.parse(hold.at))
            throw problem(409, 'hold_changed', `${name}@${channel} was held anew by ${hold.byName ?? hold.by}: ${hold.reason}`);
          return { versions, channels, holds: withChannel(holds, channel, null) };
        },
        ({ owner }) => [lookAgain('deployments.changed', [name], owner, clock), entry(by, 'widget.lift', `${name}@${channel}`, byName(by))],
      ),
    release: (name, channel, inUse, by) =>
      change(
        name,
        by,
        async ({ versions, channels, owners }) => {
          const owner = ownerOf({ owners }, channel);
          if (!owner) return null;
          if (await inUse(owner.uid))
            throw problem(
              409,
              'channel_in_use',
              `Pods of ${owner.namespace}/${owner.name} still run; the channel is theirs until they are gone`,
            );
          return { versions, channels, owners: withChannel(owners, channel, null) };
        },
        () => [entry(by, 'widget.release', `${name}@${channel}`, {})],
      ),
    ...createFollowing({ change, clock, openDashboards }),
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

function checkVersion(widget: WidgetRecord, version: string): void {
  if (!versionOf(widget, version)) throw versionUnknown(widget.name, version);
  if (!isLive(widget, version)) throw problem(409, 'version_yanked', `${widget.name} ${version} was withdrawn; choose another version`);
}

/** Whether somebody who is only signed in may hold a channel there: whoever may promote has put it there before. */
function checkGiven(widget: WidgetRecord, channel: string, version: string): void {
  const given = givenOf(widget)[channel] ?? [];
  if (!given.includes(version))
    throw problem(
      403,
      'version_never_given',
      `${widget.name}@${channel} has never given ${version}; a publish token can hold it there: datamesh hold ${widget.name}@${channel} --version ${version}`,
    );
}

/** Whether people may move a channel. */
function checkMovable(widget: WidgetRecord, channel: string): void {
  const hold = holdOf(widget, channel);
  if (hold)
    throw problem(
      409,
      'channel_held',
      `${widget.name}@${channel} is held at ${hold.version} by ${hold.by}: ${hold.reason}. Lift the hold first`,
    );
  const owner = ownerOf(widget, channel);
  if (owner)
    throw problem(
      409,
      'channel_cluster_owned',
      `${widget.name}@${channel} is moved by what runs of the Deployment ${owner.namespace}/${owner.name}: deploy there, or hold the channel`,
    );
}
