import type { TrustedProxies } from '@datamesh/service';
import type { RequestHandler } from 'express';

/** `req.ip` by the one parser of all services: Express's own takes an entry of X-Forwarded-For as it stands, port and all. */
export const clientAddress =
  (proxies: TrustedProxies): RequestHandler =>
  (req, _res, next) => {
    Object.defineProperty(req, 'ip', { value: proxies.clientOf(req), configurable: true });
    next();
  };
