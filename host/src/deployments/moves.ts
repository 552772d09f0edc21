import type { ChannelMove, ChannelState } from '@datamesh/contracts';
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

/** null: nobody did it, it follows from what ran. */
export const whoMoved = ({ what, by }: ChannelMove): string | null => (what === 'follow' ? null : nameOf(by));

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
