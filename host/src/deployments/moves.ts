import type { ChannelMove, ChannelState, Sync } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { i18n } from '../language/i18n';
import { placeOf } from './environments';

/** "stable: 1.4.0, as revision 3 of markets/notes runs". */
export function describeMove({ what, channel, version: exact, deployment }: ChannelMove): string {
  const said = { channel: channel ?? '', version: exact === null ? '' : shownVersion(exact) };
  switch (what) {
    case 'follow':
      return deployment
        ? i18n.t('{channel} gives {version}: revision {revision} of {place} runs it', {
            channel: said.channel,
            version: said.version,
            revision: deployment.revision,
            place: placeOf(deployment),
          })
        : i18n.t('{channel} gives {version}', said);
    case 'sync':
      return deployment
        ? i18n.t('Told later: revision {revision} of {place}, which {channel} follows', {
            channel: said.channel,
            revision: deployment.revision,
            place: placeOf(deployment),
          })
        : i18n.t('{channel} gives {version}', said);
    case 'promote':
      return i18n.t('{channel} gives {version}: promoted', said);
    case 'hold':
      return i18n.t('{channel} held at {version}', said);
    case 'lift':
      return i18n.t('Hold of {channel} lifted', said);
    case 'release':
      return i18n.t('{channel} given back to people', said);
    case 'yank':
      return i18n.t('{version} withdrawn: channels that gave it fell back', said);
  }
}

/** Where a move came from, and how things were at that moment, as far as that was known. */
export function circumstances({ deployment }: ChannelMove): string[] {
  const { sync, pods, openDashboards } = deployment ?? {};
  const dashboards = openDashboards?.reduce((sum, one) => sum + one.dashboards, 0);
  return [
    ...(sync ? [commitOf(sync)] : []),
    ...(sync?.by ? [i18n.t('synced by {who}', { who: sync.by })] : []),
    ...(pods ? [i18n.t('{ready} of {all} pods ready', pods)] : []),
    ...(dashboards === undefined
      ? []
      : [i18n.t('{count, plural, one {# open dashboard} other {# open dashboards}}', { count: dashboards })]),
  ];
}

const commitOf = ({ revision, author }: Sync): string =>
  author === null
    ? i18n.t('Commit {commit}', { commit: revision.slice(0, 8) })
    : i18n.t('Commit {commit} of {author}', { commit: revision.slice(0, 8), author });

/** null: nobody did it, it follows from what ran. */
export const whoMoved = ({ what, by }: ChannelMove): string | null => (what === 'follow' || what === 'sync' ? null : nameOf(by));

function nameOf({ kind, name }: ChannelMove['by']): string {
  if (kind === 'token') return i18n.t('a publish token');
  return kind === 'system' ? i18n.t('whoever runs this instance') : name;
}

/** Who holds a channel, from what the audit log calls them. */
export function holderName({ by, byName }: NonNullable<ChannelState['hold']>): string {
  if (byName !== undefined) return byName;
  if (by === 'user:system') return nameOf({ kind: 'system', name: by });
  if (by.startsWith('token:')) return nameOf({ kind: 'token', name: by });
  return by.startsWith('workload:') ? by.slice(by.indexOf('#') + 1) : by.replace(/^user:/, '');
}
