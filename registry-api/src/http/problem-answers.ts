/** How errors leave: RFC 9457 problem+json with a stable code. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem as ProblemBody } from '@datamesh/contracts';
import { titleRule } from '@datamesh/contracts/titles';
import { BodyRefused, problemBody, REQUEST_ID, type Refusal, requestIdOf, writeProblem } from '@datamesh/service';
import { pathOf } from '@datamesh/service/request-log';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { storeProblemOf } from '../storage/store-problem';
import { Problem, problem } from './problem';

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Too slow',
  409: 'Conflict',
  410: 'Gone',
  412: 'Changed in between',
  413: 'Too large',
  415: 'Media type not supported',
  421: 'Misdirected request',
  422: 'Cannot be accepted',
  428: 'Precondition required',
  429: 'Too many requests',
  431: 'Too large',
  500: 'Internal error',
  503: 'Not ready',
  507: 'Storage is full',
};

export function sendProblem(res: Response, error: Problem): void {
  const body = bodyOf(error, res.req.requestId);
  res.set(error.extras.headers ?? {});
  writeProblem(res, body);
}

const bodyOf = ({ status, code, detail, extras }: Problem, requestId: string): ProblemBody => ({
  ...problemBody({ status, code, detail, title: titles[status] }, requestId),
  ...(extras.errors ? { errors: extras.errors } : {}),
  ...extras.members,
});

/** Of a request that no middleware has seen. */
export function answerProblem(request: IncomingMessage, response: ServerResponse, error: Problem): void {
  const id = requestIdOf(request);
  response.setHeader(REQUEST_ID, id);
  writeProblem(response, bodyOf(error, id));
}

/** What is refused before any route is looked for. */
export function refuse(reason: Refusal, request: IncomingMessage, response: ServerResponse): void {
  answerProblem(request, response, REFUSALS[reason]());
}

const REFUSALS: Record<Refusal, () => Problem> = {
  stopping: () => problem(503, 'stopping', 'The registry is about to stop; try again in a moment'),
  host_ambiguous: () => problem(400, 'host_ambiguous', 'Send one Host header'),
  header_too_large: () => problem(431, 'header_too_large', 'Send a Content-Type of at most 512 and an Accept of at most 2048 characters'),
};

export const lateBody = (error: BodyRefused, response: ServerResponse): void =>
  answerProblem(response.req, response, problem(error.status, error.code, error.message));

export const pathUnknown: RequestHandler = (req) => {
  throw problem(404, 'path_unknown', `There is nothing at ${req.path}`);
};

/** The last handler: every error leaves as a problem; what nobody foresaw is logged and says no more than its request id. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const known = asProblem(error);
    if (!known || known.status >= 500)
      logger.error({ err: error, requestId: req.requestId, path: pathOf(req) }, known?.code ?? 'unforeseen error');
    if (res.headersSent) {
      next(error);
      return;
    }
    sendProblem(res, known ?? problem(500, 'internal', 'Something went wrong here; the log names it by this request id'));
  };
}

interface HttpErrorLike {
  status?: unknown;
  message?: unknown;
  errors?: unknown;
  headers?: unknown;
}

/** Errors of express and of express-openapi-validator carry a status; everything else is unforeseen. */
function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof BodyRefused) return problem(error.status, error.code, error.message);
  if (typeof error !== 'object' || error === null) return null;
  const { status, message, errors, headers } = error as HttpErrorLike;
  const ofStore = storeProblemOf(error);
  if (ofStore) return ofStore;
  if (typeof status !== 'number' || status < 400 || status > 499) return null;
  const codes: Record<number, string> = {
    404: 'path_unknown',
    405: 'method_not_allowed',
    413: 'body_too_large',
    415: 'media_type_unsupported',
  };
  if (Array.isArray(errors) && errors.some(isMissingIfMatch))
    return problem(428, 'if_match_required', 'Say which revision this was made from: If-Match: "<revision>"');
  const places = Array.isArray(errors) ? errors.map(placeOf) : undefined;
  return problem(status, codes[status] ?? 'request_invalid', String(message ?? 'The request does not follow the contract'), {
    ...(places ? { errors: places } : {}),
    ...(isHeaders(headers) ? { headers } : {}),
  });
}

function placeOf(error: unknown): { path: string; message: string } {
  const { path, message } = (error ?? {}) as { path?: unknown; message?: unknown };
  const said = String(message ?? 'is not valid');
  return { path: String(path ?? ''), message: said === 'must match format "title"' ? titleRule : said };
}

/** Said before all else that is wrong: HTTP looks at conditions before it looks at content (RFC 9110, 13.2.1). */
function isMissingIfMatch(error: unknown): boolean {
  const { path, errorCode } = (error ?? {}) as { path?: unknown; errorCode?: unknown };
  return path === '/headers/if-match' && errorCode === 'required.openapi.validation';
}

const isHeaders = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null;
