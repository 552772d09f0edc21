/** Every address of the tracker on one page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { trackerDocument } from '@datamesh/contracts/node';
import { BodyRefused, compileContractRoutes, HttpService, type RateLimit, type Refusal, type SettingRead } from '@datamesh/service';
import { serveMetrics } from '@datamesh/service/metrics';
import { logRequests, pathOf } from '@datamesh/service/request-log';
import express, { type NextFunction, type Request, type Response } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { CollectDeps } from './collect/deps';
import { OVERSIZED_ANSWER } from './collect/pixel';
import { handleCollect, refuseCollect } from './collect/routes';
import { ProblemError, sendProblem } from './http/problem';
import { nameRequest } from './http/request-id';
import { createSettingsRoute } from './http/settings-route';
import { authenticate, authenticateFresh } from './identity/authenticate';
import type { Callers } from './identity/callers';
import { createErasureRoutes, type ErasureDeps, readErasure } from './identity/erasure-routes';
import type { Viewers } from './identity/viewers';
import { limitQuestions } from './query/rate-limit';
import { createQueryRoutes, type QueryDeps } from './query/routes';

export interface AppDeps {
  callers: Callers;
  viewers: Viewers;
  collect: CollectDeps;
  query: QueryDeps;
  erasures: ErasureDeps;
  /** Calls of the API, of one person. */
  questions: RateLimit;
  settings: readonly SettingRead[];
  metrics: Registry;
  logger: Logger;
  /** Whether the tracker may be called so. */
  isOwnHost(host: string | undefined): boolean;
}

export function createTrackerService(deps: AppDeps): HttpService {
  const api = createApi(deps);
  return new HttpService({
    handle: (request, response) => {
      nameRequest(request, response);
      if (!deps.isOwnHost(request.headers.host)) return sendProblem(response, 421, 'host_unknown', HOST_UNKNOWN);
      if (!request.url?.startsWith('/t/')) return api(request, response);
      handleCollect(deps.collect, request, response).catch((error: unknown) => failed(deps.logger, request, response, error));
    },
    refuse: (reason, request, response) => refuse(deps, reason, request, response),
    overlong: () => {
      deps.collect.collector.refuse('too_large');
      return OVERSIZED_ANSWER;
    },
  });
}

const HOST_UNKNOWN = 'Call the tracker by an address, or by a name that its setting ALLOWED_HOSTS lists.';

function refuse({ collect }: AppDeps, reason: Refusal, request: IncomingMessage, response: ServerResponse): void {
  nameRequest(request, response);
  if (reason === 'host_ambiguous') sendProblem(response, 400, reason, 'Send one Host header.');
  else if (reason === 'header_too_large')
    sendProblem(response, 431, reason, 'Send a Content-Type of at most 512 and an Accept of at most 2048 characters.');
  else if (request.url?.startsWith('/t/')) refuseCollect(collect, request, response);
  else sendProblem(response, 503, reason, 'The tracker is about to stop; try again in a moment.');
}

/** One for all trackers of a process: compiling takes longer than a tracker's start, and tests start hundreds. */
let contract: express.RequestHandler[] | undefined;

function compileContract(): express.RequestHandler[] {
  const middlewares = OpenApiValidator.middleware({
    apiSpec: trackerDocument as unknown as Parameters<typeof OpenApiValidator.middleware>[0]['apiSpec'],
    ignorePaths: (path: string) => !path.startsWith('/api/tracker/v1/'),
    validateApiSpec: false,
    validateRequests: true,
    validateResponses: true,
    validateSecurity: false, // by authenticate, before
  });
  // As express tells paths apart, unless it is told otherwise.
  compileContractRoutes(OpenApiValidator, false);
  return middlewares;
}

function createApi({ callers, viewers, collect, query, erasures, questions, settings, metrics, logger }: AppDeps): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(logRequests({ logger }));
  app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_, response) => {
    await query.engine.check(AbortSignal.timeout(3000)).catch(() => {
      throw new ProblemError(503, 'store_unavailable', 'The store of events does not answer.');
    });
    response.json({ status: 'ready' });
  });
  app.get('/metrics', serveMetrics(metrics));
  app.use('/api/tracker/v1', (_, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.use('/api/tracker/v1/erasures', authenticateFresh(callers));
  app.use('/api/tracker/v1', authenticate(callers, viewers), limitQuestions(questions));
  app.use('/api/tracker/v1', refuseOddKeys);
  app.use('/api/tracker/v1/erasures', readErasure(collect.bodyWithin));
  contract ??= compileContract();
  app.use(contract);
  app.use('/api/tracker/v1', createQueryRoutes(query), createErasureRoutes(erasures), createSettingsRoute(settings));
  app.use((_: Request, response: Response) => sendProblem(response, 404, 'path_unknown', 'The tracker has no such address.'));
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => failed(logger, request, response, error));
  return app;
}

interface Parameter {
  name?: string;
  schema?: { type?: string };
}
interface ContractPath {
  get?: { parameters?: Parameter[] };
}
const shared: Parameter[] = Object.values(trackerDocument.components.parameters);

/** Of the contract's parameters: whole numbers. Some hundred digits are infinite, which its check takes for one. */
const NUMBERS = new Set(
  [...Object.values(trackerDocument.paths as Record<string, ContractPath>).flatMap(({ get }) => get?.parameters ?? []), ...shared]
    .filter(({ schema }) => schema?.type === 'integer')
    .map(({ name }) => name),
);

/** The check against the contract passes over keys such as `filter[__proto__]`: the question would be answered as if the filter were not there. */
function refuseOddKeys(request: Request, _response: Response, next: NextFunction): void {
  const query = request.originalUrl.slice(request.originalUrl.indexOf('?'));
  const asked = query.startsWith('?') ? [...new URLSearchParams(query)] : [];
  const odd = asked.map(([key]) => key).find((key) => !/^[A-Za-z]+$/.test(key));
  if (typeof odd === 'string')
    throw new ProblemError(400, 'parameters_invalid', `There is no parameter "${odd.slice(0, 100)}"; names of parameters are plain words.`);
  const endless = asked.find(([key, value]) => NUMBERS.has(key) && value.length > 15);
  if (endless) throw new ProblemError(400, 'parameters_invalid', `"${endless[0]}" is a whole number of at most 15 digits.`);
  next();
}

function failed(logger: Logger, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
  } else if (error instanceof ProblemError) {
    // What is behind it is for the operator; whoever asked is told what they can do.
    if (error.cause !== undefined)
      logger.warn({ err: error, path: pathOf(request), requestId: response.getHeader('x-request-id') }, error.code);
    sendProblem(response, error.status, error.code, error.detail);
  } else if (error instanceof BodyRefused) {
    sendProblem(response, error.status, error.code, error.message);
  } else if (isHttpError(error) && error.status < 500) {
    sendProblem(response, error.status, codeOf(error.status), error.message);
  } else {
    logger.error({ err: error, path: pathOf(request), requestId: response.getHeader('x-request-id') }, 'a request failed');
    sendProblem(response, 500, 'internal', 'Something went wrong here; the log of the tracker has it under the request id.');
  }
}

const isHttpError = (error: unknown): error is Error & { status: number } =>
  error instanceof Error && 'status' in error && typeof error.status === 'number';

const codeOf = (status: number): string => ({ 404: 'path_unknown', 405: 'method_not_allowed' })[status] ?? 'parameters_invalid';
