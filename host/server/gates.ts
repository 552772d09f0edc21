import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { nameIn, REQUEST_ID, type Refusal, requestIdOf, writeProblem } from '@datamesh/service';
import type { RequestHandler } from 'express';
import { OUTAGE_WORKER, WORKER } from './policy';
import { problemOf, sendProblem } from './problem';

/** Each gate refuses with a typed problem or lets the request on. */

/** Every answer has its request's id. */
export const nameRequest: RequestHandler = (request, response, next) => {
  const id = requestIdOf(request);
  response.locals['requestId'] = id;
  response.setHeader(REQUEST_ID, id);
  next();
};

/** What is refused before any route is looked for. */
export function refuse(reason: Refusal, request: IncomingMessage, response: ServerResponse): void {
  const id = requestIdOf(request);
  response.setHeader(REQUEST_ID, id);
  writeProblem(response, problemOf(reason, REFUSALS[reason], id));
}

const REFUSALS: Record<Refusal, string> = {
  stopping: 'This server is about to stop. Try again in a moment.',
  host_ambiguous: 'Send one Host header.',
  header_too_large: 'Send a Content-Type of at most 512 and an Accept of at most 2048 characters.',
};

/** Probes and Prometheus come by address. A rebound name cannot be an address, so this opens nothing to a web page. */
const OPERATIONAL = ['/healthz', '/readyz', '/metrics'];

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Figures are for whoever runs the service. A proxy on the same machine is a loopback peer as well, but it says for whom it asks, or brings
 * the public name: so both must be local, the peer and what it calls us, with nobody behind it. Elsewhere the page does not exist; see
 * METRICS_PORT.
 */
export const fromThisMachine: RequestHandler = (request, _response, next) => {
  const { headers, socket } = request;
  const local = LOOPBACK.test(socket.remoteAddress ?? '') && LOOPBACK.test(nameIn(headers.host ?? ''));
  const forwarded = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => headers[name] !== undefined);
  next(local && !forwarded ? undefined : 'route');
};

/** A loopback server without this is open to DNS rebinding. */
export function checkHost(publicUrl: URL): RequestHandler {
  return (request, response, next) => {
    const host = (request.headers.host ?? '').toLowerCase();
    if (host === publicUrl.host) return next();
    if (OPERATIONAL.includes(request.path) && isIP(nameIn(host))) return next();
    sendProblem(response, 'host_unknown', `Open the dashboard at ${publicUrl.origin}.`);
  };
}

/** With or without a parameter: servlet containers, which may be behind a data source, read `..;x` as `..`. */
const climbs = (path: string): boolean => path.split('/').some((segment) => /^\.{1,2}(;|$)/.test(segment));

/** Whether it climbs once it is decoded again, and again, as servers in a row may: `%252e%252e`. */
function climbsDecoded(path: string): boolean {
  for (let text = path, times = 0; times < 8; times++) {
    if (climbs(text) || text.includes('\\') || text.includes('\0')) return true;
    let next: string;
    try {
      next = decodeURIComponent(text);
    } catch {
      return false; // a percent sign that is one
    }
    if (next === text) return false;
    text = next;
  }
  return true;
}

/** Paths that another server could read as a different path: never routed, never passed on. */
export const checkPath: RequestHandler = (request, response, next) => {
  const { url } = request;
  const path = url.split(/[?#]/, 1)[0] ?? '';
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return sendProblem(response, 'path_refused', 'The path has a broken percent escape.');
  }
  if (!path.startsWith('/') || path.startsWith('//') || climbsDecoded(decoded))
    return sendProblem(response, 'path_refused', 'Ask for a path of this server without "." and ".." in it.');
  next();
};

/** A write with a cookie must come from the dashboard's own pages: other sites' forms and scripts carry the cookie as well. */
export function checkWrite(publicUrl: URL): RequestHandler {
  return (request, response, next) => {
    const { method, headers } = request;
    if (method === 'GET' || method === 'HEAD' || headers.cookie === undefined) return next();
    const site = headers['sec-fetch-site'];
    if (headers.origin === publicUrl.origin && (site === undefined || site === 'same-origin')) return next();
    sendProblem(response, 'origin_refused', `Send it from a page of ${publicUrl.origin}, or without cookies and with a token.`);
  };
}

/** What else runs code beside the page. No part of a policy tells a worklet's script from a page's, and `Integrity-Policy` knows none. */
const WORKERS = new Set(['serviceworker', 'sharedworker', 'worker', 'audioworklet', 'paintworklet', 'sharedstorageworklet']);
/** Each as the one kind that it is. */
const OWN = new Map([
  [WORKER, 'worker'],
  [OUTAGE_WORKER, 'serviceworker'],
]);

/**
 * Any other service worker would answer for this origin long after its widget is gone, and a worker is checked against what was published
 * by the beginning that it has in common with all others, which is nothing but that.
 */
export const checkWorker: RequestHandler = ({ headers, path }, response, next) => {
  const kind = headers['service-worker'] === undefined ? headers['sec-fetch-dest'] : 'serviceworker';
  const own = OWN.get(path);
  if (own ? kind === undefined || kind === own : !WORKERS.has(String(kind))) return next();
  sendProblem(
    response,
    'worker_refused',
    'Start a worker by a script of your own published version: new Worker(new URL("worker.js", import.meta.url)).',
  );
};
