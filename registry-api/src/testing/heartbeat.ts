/** What a sidecar says of its pod; `said`: what is said otherwise. */
export const heartbeatOf = (said: Record<string, unknown> = {}) => ({
  widget: 'series-chart',
  version: '1.0.0',
  channel: 'stable',
  deployment: { uid: 'd', name: 'chart', namespace: 'markets', cluster: null },
  revision: 1,
  pod: { uid: 'p', name: 'chart-1' },
  ready: true,
  draining: false,
  ...said,
});
