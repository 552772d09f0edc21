/** The routes of the API, found by the operation that the contract's check has found already: a router would try one pattern after the other. */
import express, { type RequestHandler } from 'express';

type Method = 'get' | 'put' | 'patch' | 'post' | 'delete';

// biome-ignore lint/suspicious/noExplicitAny: a handler knows the parameters of its own path.
export type Operations = RequestHandler & Record<Method, (path: string, ...handlers: RequestHandler<any>[]) => void>;

/** To be mounted at `base`, after the check against the contract; `path` as express writes it, below `base`. */
export function operations(base: string): Operations {
  const routes = new Map<string, RequestHandler>();
  const add =
    (method: Method): Operations[Method] =>
    (path, ...handlers) => {
      const router = express.Router({ caseSensitive: true });
      router[method](path, ...handlers);
      routes.set(`${method.toUpperCase()} ${base}${path}`, router);
    };
  const dispatch: RequestHandler = (req, res, next) => {
    const { openapi } = req as { openapi?: { expressRoute: string } };
    const route = routes.get(`${req.method} ${openapi?.expressRoute}`);
    if (route) route(req, res, next);
    else next();
  };
  return Object.assign(dispatch, { get: add('get'), put: add('put'), patch: add('patch'), post: add('post'), delete: add('delete') });
}
