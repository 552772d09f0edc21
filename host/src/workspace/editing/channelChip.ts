import { USER_CHANNELS } from '../../interop/channels';
import { node } from '../notices';

/** A channel's letter on its colour: never colour alone. */
export function channelChip(channel: string | null): HTMLElement | null {
  const known = USER_CHANNELS.find(({ id }) => id === channel);
  if (!known) return null;
  const chip = node('span', 'dm-chip', known.letter);
  chip.dataset['channel'] = known.id;
  chip.title = `${known.name} channel`;
  chip.setAttribute('role', 'img');
  chip.setAttribute('aria-label', `${known.name} channel`);
  return chip;
}
