import type { Request } from 'express';
import { problem } from './problem';

/** Whether a person's browser shows the answer in a window of its own. Browsers say so in headers that no script can set. */
export const isNavigation = (req: Request): boolean =>
  req.get('sec-fetch-mode') === 'navigate' && req.get('sec-fetch-dest') === 'document' && req.get('sec-purpose') === undefined;

/** The answer to a `fetch`, a frame, an embedded object or a prefetch is refused, and so is whoever sends none of those headers. */
export function requireNavigation(req: Request): void {
  if (!isNavigation(req))
    throw problem(
      403,
      'navigation_required',
      'Open this address in a window of its own, over https or on localhost; no script can ask for it',
    );
}
