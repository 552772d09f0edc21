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

/** What a deployment tool says of what it brought to that pod's cluster. */
export const syncOf = (said: Record<string, unknown> = {}) => ({
  widget: 'series-chart',
  application: 'remote-series-chart',
  revision: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
  by: null,
  author: 'Ada Lovelace <ada@example.org>',
  startedAt: '2026-01-01T00:00:00Z',
  deployments: [{ namespace: 'markets', name: 'chart' }],
  ...said,
});
