import { USER_CHANNELS } from '../../interop/channels';
import { i18n } from '../../language/i18n';
import { channelName } from '../../language/terms';
import { node } from '../nodes';

/** A channel's letter on its colour: never colour alone. */
export function channelChip(channel: string | null): HTMLElement | null {
  const known = USER_CHANNELS.find(({ id }) => id === channel);
  if (!known) return null;
  const chip = node('span', 'dm-chip', known.letter);
  chip.dataset['channel'] = known.id;
  chip.title = i18n.t('{name} channel', { name: channelName(known.id) });
  chip.setAttribute('role', 'img');
  chip.setAttribute('aria-label', i18n.t('{name} channel', { name: channelName(known.id) }));
  return chip;
}
