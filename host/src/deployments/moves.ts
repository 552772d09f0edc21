import type { ChannelMove, ChannelState } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { placeOf } from './environments';

/** "stable: 1.4.0, as revision 3 of markets/notes runs". */
export function moveInWords({ what, channel, version: exact, deployment }: ChannelMove): string {
  const version = exact === null ? null : shownVersion(exact);
  switch (what) {
    case 'follow':
      return `${channel} gives ${version}${deployment ? `: revision ${deployment.revision} of ${placeOf(deployment)} runs it` : ''}`;
    case 'promote':
      return `${channel} gives ${version}: promoted`;
    case 'hold':
      return `${channel} held at ${version}`;
    case 'lift':
      return `Hold of ${channel} lifted`;
    case 'release':
      return `${channel} given back to people`;
    case 'yank':
      return `${version} withdrawn: channels that gave it fell back`;
  }
}

/** null: nobody did it, it follows from what ran. */
export const whoMoved = ({ what, by }: ChannelMove): string | null => (what === 'follow' ? null : nameOf(by));

function nameOf({ kind, name }: ChannelMove['by']): string {
  if (kind === 'token') return 'a publish token';
  return kind === 'system' ? 'whoever runs this instance' : name;
}

/** Who holds a channel, from what the audit log calls them. */
export function holderName({ by, byName }: NonNullable<ChannelState['hold']>): string {
  if (byName !== undefined) return byName;
  if (by === 'user:system') return nameOf({ kind: 'system', name: by });
  if (by.startsWith('token:')) return nameOf({ kind: 'token', name: by });
  return by.startsWith('workload:') ? by.slice(by.indexOf('#') + 1) : by.replace(/^user:/, '');
}
