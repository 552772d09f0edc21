/** Channels that what runs in a cluster moves: the moves themselves, and what is known of where they come from. */
import { entryAbout } from '../audit/audit';
import { type Clock, isoTime } from '../clock';
import { type ClusterChannels, type Decision, differs } from '../deployments/active';
import type { KnownSync } from '../deployments/known-sync';
import { explains, publicSync, syncOf, withSync } from '../deployments/syncs';
import { lookAgain } from '../events/announcer';
import type { Changer, ChangeWidget } from './change';
import { holdOf, ownerOf, withChannel } from './channels';
import { channelVersion, promoted, versionOf, type WidgetRecord } from './widget';
import { widgetEvent } from './widget-event';

export interface Following {
  follow: ClusterChannels['follow'];
  /** Keeps what a deployment tool has brought to a cluster: for moves that follow from it, and for one that was made already. */
  sync(name: string, sync: KnownSync, by: Changer): Promise<WidgetRecord>;
}

export interface FollowingOptions {
  change: ChangeWidget;
  clock: Clock;
  /** How many dashboards have each version of a widget open. */
  openDashboards(widget: string): Promise<{ version: string; dashboards: number }[]>;
}

export function createFollowing({ change, clock, openDashboards }: FollowingOptions): Following {
  return {
    follow: async (name, channel, next, asking) => {
      let moved: Decision | null = null;
      /** How things are at the move: for the audit log, and never again. */
      let seen: Record<string, unknown> = {};
      await change(
        name,
        { team: null, asking },
        async (widget) => {
          moved = null;
          if (holdOf(widget, channel)) return null;
          const owner = ownerOf(widget, channel);
          const decision = await next(widget);
          // A hold at another version leaves the owner as it was: what the channel gives has to be asked as well.
          if (!decision || (!differs(owner, decision) && channelVersion(widget, channel) === decision.version)) return null;
          moved = decision;
          const { deployment, revision, version, since, pods } = decision;
          const sync = differs(owner, decision) ? syncOf(widget.syncs ?? [], owner, { deployment, since }) : (owner?.sync ?? null);
          seen = { pods, integrity: versionOf(widget, version)?.digest, openDashboards: await openDashboards(name) };
          return {
            versions: widget.versions,
            channels: withChannel(widget.channels, channel, promoted(widget.channels[channel], version)),
            owners: withChannel(widget.owners, channel, {
              ...deployment,
              revision,
              version,
              at: isoTime(clock),
              ...(sync ? { sync } : {}),
            }),
          };
        },
        (widget) => {
          const owner = ownerOf(widget, channel);
          return [
            widgetEvent('widgets.active-changed', widget, owner?.version ?? '', clock),
            entryAbout(asking, isoTime(clock), 'widget.follow', `${name}@${channel}`, { ...owner, ...seen }),
          ];
        },
      );
      return moved !== null;
    },

    sync: (name, sync, by) => {
      /** Channels that had moved before it was told. */
      let late: string[] = [];
      return change(
        name,
        by,
        ({ versions, channels, owners = {}, syncs = [] }: WidgetRecord) => {
          const next = withSync(syncs, sync);
          if (!next) return null;
          late = Object.keys(owners).filter((channel) => {
            const owner = ownerOf({ owners }, channel);
            return owner !== null && explains(sync, owner);
          });
          const explained = late.map((channel) => [channel, { ...owners[channel], sync: publicSync(sync) }]);
          return { versions, channels, owners: { ...owners, ...Object.fromEntries(explained) }, syncs: next };
        },
        (widget) => [
          ...(late.length > 0 ? [lookAgain('deployments.changed', [name], widget.owner, clock)] : []),
          ...late.map((channel) =>
            entryAbout(by.asking, isoTime(clock), 'widget.sync', `${name}@${channel}`, { ...ownerOf(widget, channel) }),
          ),
        ],
      );
    },
  };
}
