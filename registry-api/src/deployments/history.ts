/** What moved a widget's channels, as the audit log keeps it. Pure. */
import type { AuditEntry, ChannelMove, Sync } from '@datamesh/contracts';
import { aboutOf } from '../audit/store';
import { setUpActor } from '../http/caller';
import type { WidgetRecord } from '../widgets/widget';

const moves: Record<string, ChannelMove['what']> = {
  'widget.promote': 'promote',
  'widget.follow': 'follow',
  'widget.sync': 'sync',
  'widget.hold': 'hold',
  'widget.lift': 'lift',
  'widget.release': 'release',
  'widget.yank': 'yank',
};

/** What the log has to be asked about for a widget: each kind of move of each of its channels, and the versions that were withdrawn. */
export function movesOf({ name, channels, owners, holds, versions }: WidgetRecord): string[] {
  const all = new Set([...Object.keys(channels), ...Object.keys(owners ?? {}), ...Object.keys(holds ?? {})]);
  const ofChannels = Object.keys(moves).filter((action) => action !== 'widget.yank');
  return [
    ...[...all].flatMap((channel) => ofChannels.map((action) => aboutOf({ action, subject: `${name}@${channel}` }))),
    ...versions
      .filter(({ yanked }) => yanked !== null)
      .map(({ version }) => aboutOf({ action: 'widget.yank', subject: `${name}@${version}` })),
  ];
}

/** null: it moves no channel, whatever it said when it was written. */
export function channelMove({ seq, at, actor, action, subject, details = {} }: AuditEntry): ChannelMove | null {
  const what = moves[action];
  if (!what) return null;
  const [, target = ''] = subject.split('@');
  return {
    seq,
    at,
    what,
    channel: what === 'yank' ? null : target,
    version: what === 'yank' ? target : text(details['version']),
    by: whoOf(actor, text(details['byName'])),
    reason: text(details['reason']),
    deployment: what === 'follow' || what === 'sync' ? deploymentOf(details) : null,
  };
}

function whoOf(actor: string, name: string | null): ChannelMove['by'] {
  if (actor === setUpActor) return { kind: 'system', name: 'system' };
  const [kind = '', ...rest] = actor.split(':');
  const id = rest.join(':');
  if (kind === 'token') return { kind: 'token', name: id };
  if (kind === 'workload') return { kind: 'workload', name: id.slice(id.indexOf('#') + 1) };
  return { kind: 'person', name: name ?? id };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function deploymentOf({ name, namespace, cluster, revision, sync, pods, integrity, openDashboards }: Details): ChannelMove['deployment'] {
  return {
    name: text(name) ?? '',
    namespace: text(namespace) ?? '',
    cluster: text(cluster),
    revision: Number(revision),
    ...optional('sync', syncOf(sync)),
    ...optional('pods', podsOf(pods)),
    ...optional('integrity', text(integrity)),
    ...optional('openDashboards', dashboardsOf(openDashboards)),
  };
}

type Details = Record<string, unknown>;

/** Entries from before something was noted do not have it. */
const optional = <Key extends string, T>(key: Key, value: T | null) => (value === null ? {} : ({ [key]: value } as Record<Key, T>));

const objectOf = (value: unknown): Details | null => (typeof value === 'object' && value !== null ? (value as Details) : null);

function syncOf(value: unknown): Sync | null {
  const { application, revision, by, author, startedAt } = objectOf(value) ?? {};
  if (typeof application !== 'string' || typeof revision !== 'string' || typeof startedAt !== 'string') return null;
  return { application, revision, by: text(by), author: text(author), startedAt };
}

function podsOf(value: unknown): { ready: number; all: number } | null {
  const { ready, all } = objectOf(value) ?? {};
  return typeof ready === 'number' && typeof all === 'number' ? { ready, all } : null;
}

function dashboardsOf(value: unknown): { version: string; dashboards: number }[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((one) => {
    const { version, dashboards } = objectOf(one) ?? {};
    return typeof version === 'string' && typeof dashboards === 'number' ? [{ version, dashboards }] : [];
  });
}
