import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import { exchange } from '../exchange';
import { inert } from '../policy';
import { sendProblem } from '../problem';
import type { UpstreamSource } from './config';

/** Lists of what may pass, not of what may not: the other side is somebody else's server. */
const ASKED = ['accept', 'accept-encoding', 'accept-language', 'if-none-match', 'if-modified-since', 'range'];
const ANSWERED = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-range',
  'accept-ranges',
  'etag',
  'last-modified',
  'vary',
  'age',
];

const only = (headers: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));

/** Asks the source in the edge's name, with the source's credentials; the caller's cookie and tokens never leave the edge. */
export async function readUpstream(
  name: string,
  source: UpstreamSource,
  path: string,
  request: Request,
  response: Response,
): Promise<void> {
  const requestId = String(response.locals['requestId']);
  const query = request.originalUrl.indexOf('?');
  const outgoing = {
    to: source.url,
    path: source.url.pathname + path + (query < 0 ? '' : request.originalUrl.slice(query)),
    method: request.method,
    headers: { ...only(request.headers, ASKED), host: source.url.host, 'x-request-id': requestId, ...source.headers },
    timeout: source.timeout,
    name: `The data source "${name}"`,
  };
  await exchange(request, response, outgoing, (incoming) => {
    const status = incoming.statusCode ?? 502;
    const refusal = refused(status);
    if (refusal) {
      response.locals['upstreamError'] = `${name} answered ${status}`;
      sendProblem(response, 'upstream_refused', `The data source "${name}" ${refusal}. Tell an administrator of the dashboard.`);
      return undefined;
    }
    if (status === 404 || status === 410) {
      sendProblem(response, 'data_not_found', `The data source "${name}" has no ${path}.`);
      return undefined;
    }
    return {
      status,
      headers: { ...only(incoming.headers, ANSWERED), ...inert, 'cache-control': 'private, no-cache', 'x-request-id': requestId },
    };
  });
}

/** A redirect could lead anywhere, and 401 would look like the person's own session. */
function refused(status: number): string | undefined {
  if (status >= 300 && status < 400 && status !== 304) return 'answered with a redirect, which is not followed';
  if (status === 401 || status === 403 || status === 407) return 'does not accept its configured credentials';
  return undefined;
}
