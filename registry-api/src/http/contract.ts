/** Requests and answers are checked against the hand-written contract, packages/contracts/registry.openapi.yaml. */
import { registryDocument } from '@datamesh/contracts/node';
import { isTitle } from '@datamesh/contracts/titles';
import { compileContractRoutes, formBody as readForm, jsonBody as readJson } from '@datamesh/service';
import { pathOf } from '@datamesh/service/request-log';
import type { Request, RequestHandler, Response } from 'express';
import validator from 'express-openapi-validator';
import type { Logger } from 'pino';
import { notSignedIn } from './caller';
import { problem } from './problem';

/** Layouts are the largest JSON that a person makes; 1 MB is a hundred times a large one. */
export const jsonBody = (within: number): RequestHandler => readJson({ most: 1024 * 1024, within });

/** The few forms of this service's own pages. */
export const formBody = (within: number): RequestHandler => readForm({ most: 16 * 1024, within });

export interface ContractOptions {
  /** strict: an answer that breaks the contract becomes a 500; log: one of some answers is checked, and logged and sent where it breaks it. */
  responses: 'strict' | 'log';
  logger: Logger;
}

/** Middlewares for everything below /api/v1. Unknown paths, methods, parameters and media types are refused here. */
export function contractOf({ responses, logger }: ContractOptions): RequestHandler[] {
  if (responses === 'strict') {
    strict ??= compile(true, always);
    return strict;
  }
  const onError = (error: Error, _body: unknown, req: Request) =>
    logger.error({ err: error, requestId: req.requestId, path: pathOf(req) }, 'an answer breaks the contract');
  return compile({ onError }, sampled);
}

/** One for all services of a process: compiling takes longer than a service's start, and tests start hundreds. */
let strict: RequestHandler[] | undefined;

type AnswerCheck = (check: RequestHandler) => RequestHandler;

function compile(
  validateResponses: Parameters<typeof validator.middleware>[0]['validateResponses'],
  checked: AnswerCheck,
): RequestHandler[] {
  // The validator edits the document that it is given.
  const apiSpec = structuredClone(registryDocument) as unknown as Parameters<typeof validator.middleware>[0]['apiSpec'];
  const middlewares = validator.middleware({
    apiSpec,
    validateApiSpec: false,
    validateSecurity: false,
    validateRequests: { allowUnknownQueryParameters: false },
    fileUploader: false,
    formats: { title: { type: 'string', validate: isTitle } },
    ignorePaths: /^(?!\/api\/v1\/)/,
    validateResponses,
  }) as RequestHandler[];
  compileContractRoutes(validator, true);
  const answers = middlewares.pop();
  if (!answers) throw new TypeError('the validator checks no answers');
  return [...middlewares, checked(answers)];
}

const always =
  (check: RequestHandler): RequestHandler =>
  (req, res, next) => {
    req.answerIsChecked = true;
    check(req, res, next);
  };

/** The first answers of each operation, and then one of a hundred: what breaks the contract breaks it more than once. */
const atFirst = 20;
const oneOf = 100;

export function sampled(check: RequestHandler): RequestHandler {
  const counts = new Map<unknown, number>();
  return (req, res, next) => {
    const operation = (req as { openapi?: { schema?: unknown } }).openapi?.schema;
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    if (count > atFirst && count % oneOf !== 0) return next();
    req.answerIsChecked = true;
    check(req, res, next);
  };
}

/** Sends what is text already, unless the contract checks this answer: then it must see the members. */
export function sendJson(req: Request, res: Response, text: string): void {
  if (req.answerIsChecked) res.json(JSON.parse(text));
  else res.type('application/json').send(text);
}

/** The validator overlooks names such as `x[__proto__]`; none of the contract's parameters is written like that. */
export const plainQuery: RequestHandler = (req, _res, next) => {
  const odd = Object.keys(req.query).find((name) => !/^[A-Za-z0-9_-]+$/.test(name) || name === '__proto__');
  if (odd !== undefined) throw problem(400, 'request_invalid', `There is no query parameter ${JSON.stringify(odd.slice(0, 60))} here`);
  next();
};

interface Operation {
  security?: unknown[];
}

/** Operations that the contract opens to everybody (`security: []`), as `GET /session/sign-in`. */
const open = new Set(
  Object.entries(registryDocument.paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Operation>)
      .filter(([, operation]) => Array.isArray(operation.security) && operation.security.length === 0)
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  ),
);

/** Before any body is read: whoever is nobody gets no further than the open operations. */
export const closedToNobody: RequestHandler = (req, _res, next) => {
  if (req.caller.kind === 'nobody' && !open.has(`${req.method} ${req.path}`)) throw notSignedIn();
  next();
};
