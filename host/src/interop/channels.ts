/** The eight user channels. The letter goes wherever the colour goes: nothing is told by colour alone. */
export const USER_CHANNELS = [
  { id: 'red', name: 'Red', letter: 'R' },
  { id: 'orange', name: 'Orange', letter: 'O' },
  { id: 'yellow', name: 'Yellow', letter: 'Y' },
  { id: 'green', name: 'Green', letter: 'G' },
  { id: 'cyan', name: 'Cyan', letter: 'C' },
  { id: 'blue', name: 'Blue', letter: 'B' },
  { id: 'magenta', name: 'Magenta', letter: 'M' },
  { id: 'purple', name: 'Purple', letter: 'P' },
] as const;

export type UserChannelId = (typeof USER_CHANNELS)[number]['id'];

export const isUserChannel = (id: string): id is UserChannelId => USER_CHANNELS.some((channel) => channel.id === id);

/** The app channel of dashboard-level filters: the last context of each type is kept and replayed. */
export const DASHBOARD = 'dashboard';
