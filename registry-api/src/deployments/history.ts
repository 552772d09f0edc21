/** What moved a widget's channels, as the audit log keeps it. Pure. */
import type { AuditEntry, ChannelMove } from '@datamesh/contracts';
import { aboutOf } from '../audit/store';
import { setUpActor } from '../http/caller';
import type { WidgetRecord } from '../widgets/widget';

const moves: Record<string, ChannelMove['what']> = {
  'widget.promote': 'promote',
  'widget.follow': 'follow',
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
    deployment: what === 'follow' ? deploymentOf(details) : null,
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

const deploymentOf = ({ name, namespace, cluster, revision }: Record<string, unknown>): ChannelMove['deployment'] => ({
  name: text(name) ?? '',
  namespace: text(namespace) ?? '',
  cluster: text(cluster),
  revision: Number(revision),
});
