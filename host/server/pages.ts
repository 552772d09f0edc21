/**
 * Where the dashboard is: each with what the edge routes, and what a browser matches while the edge is away (outage-worker.ts). The second may
 * take in more: whatever it leads to is asked of the edge first.
 */
export const PAGES: readonly (readonly [route: string | RegExp, pattern: string])[] = [
  ['/', '/'],
  [/^\/d\/[a-z][a-z0-9-]{0,49}(\/[a-z0-9-]{8,40})?\/?$/, '/d/*'],
  [/^\/l\/[A-Za-z0-9_-]{1,80}\/?$/, '/l/*'],
  [/^\/layouts\/?$/, '/layouts'],
  [/^\/preferences\/?$/, '/preferences'],
  [/^\/marketplace(\/[a-z][a-z0-9-]{2,49})?\/?$/, '/marketplace{/*}?'],
  [/^\/admin(\/[a-z]{1,20})?\/?$/, '/admin{/*}?'],
  [/^\/departments\/[a-z][a-z0-9-]{0,49}\/?$/, '/departments/*'],
  [/^\/deployments(\/[a-z][a-z0-9-]{2,49})?\/?$/, '/deployments{/*}?'],
];
