import type { Request } from 'express';
import { problem } from './problem';

/**
 * Whether a person's browser shows the answer in a window of its own. Browsers say so in headers that no script can set: the
 * answer to a `fetch`, a frame, an embedded object or a prefetch is refused, and so is whoever sends none of them.
 */
export function requireNavigation(req: Request): void {
  const shown =
    req.get('sec-fetch-mode') === 'navigate' && req.get('sec-fetch-dest') === 'document' && req.get('sec-purpose') === undefined;
  if (!shown)
    throw problem(
      403,
      'navigation_required',
      'Open this address in a window of its own, over https or on localhost; no script can ask for it',
    );
}
