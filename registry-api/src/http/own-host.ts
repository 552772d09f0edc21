import { ownHosts } from '@datamesh/service';
import type { RequestHandler } from 'express';
import { problem } from './problem';

/** This port is for the edge and for whoever runs the service: a page whose name was made to lead here (DNS rebinding) gets nothing. */
export function ownHost(publicUrl: string, allowedHosts: readonly string[]): RequestHandler {
  const isOwn = ownHosts(new URL(publicUrl), allowedHosts);
  return (req, _res, next) => {
    if (!isOwn(req.headers.host))
      throw problem(421, 'host_unknown', 'Call this service by an address, or by a name that its setting ALLOWED_HOSTS lists');
    next();
  };
}
