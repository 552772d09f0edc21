import type { Panel } from '@datamesh/contracts';
import { Choice, type ChoiceItem } from './Choice';

const CHANNELS = ['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'magenta', 'purple'] as const;

const nameOf = (channel: string): string => channel.charAt(0).toUpperCase() + channel.slice(1);

/** Colour and letter: never colour alone. */
function ChannelMark({ channel }: { channel: string | null }) {
  return (
    <span className="channel-mark" data-channel={channel ?? 'none'} data-letter={channel ? nameOf(channel)[0] : ''} aria-hidden="true" />
  );
}

interface ChannelChoiceProps {
  channel: Panel['channel'];
  defaultChannel: string | null;
  choose(channel: Panel['channel']): void;
}

export function ChannelChoice({ channel, defaultChannel, choose }: ChannelChoiceProps) {
  const items: ChoiceItem[] = [
    {
      id: 'default',
      label: 'As the layout',
      detail: defaultChannel ? nameOf(defaultChannel) : 'none',
      mark: <ChannelMark channel={defaultChannel} />,
    },
    ...CHANNELS.map((id) => ({ id, label: nameOf(id), mark: <ChannelMark channel={id} /> })),
    { id: 'none', label: 'None', mark: <ChannelMark channel={null} /> },
  ];
  return (
    <Choice
      label="Channel"
      items={items}
      chosen={channel ?? 'default'}
      choose={(id) => choose(id === 'default' ? null : (id as Panel['channel']))}
    />
  );
}
