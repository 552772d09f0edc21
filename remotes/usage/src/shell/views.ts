export type View = 'overview' | 'sessions' | 'funnel' | 'retention' | 'live';

export const VIEWS: readonly { id: View; title: string }[] = [
  { id: 'overview', title: 'Overview' },
  { id: 'sessions', title: 'Sessions' },
  { id: 'funnel', title: 'Funnel' },
  { id: 'retention', title: 'Retention' },
  { id: 'live', title: 'Live' },
];

export const isView = (value: unknown): value is View => VIEWS.some(({ id }) => id === value);
