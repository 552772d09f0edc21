import type { Panel } from '@datamesh/contracts';
import { i18n } from '../language/i18n';
import { channelName } from '../language/terms';
import { Choice, type ChoiceItem } from './Choice';

const CHANNELS = ['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'magenta', 'purple'] as const;

/** Colour and letter: never colour alone. */
function ChannelMark({ channel }: { channel: string | null }) {
  return (
    <span className="channel-mark" data-channel={channel ?? 'none'} data-letter={channel?.[0]?.toUpperCase() ?? ''} aria-hidden="true" />
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
      label: i18n.t('As the layout'),
      detail: defaultChannel ? channelName(defaultChannel) : i18n.t('none'),
      mark: <ChannelMark channel={defaultChannel} />,
    },
    ...CHANNELS.map((id) => ({ id, label: channelName(id), mark: <ChannelMark channel={id} /> })),
    { id: 'none', label: i18n.t('None'), mark: <ChannelMark channel={null} /> },
  ];
  return (
    <Choice
      label={i18n.t('Channel')}
      items={items}
      chosen={channel ?? 'default'}
      choose={(id) => choose(id === 'default' ? null : (id as Panel['channel']))}
    />
  );
}
