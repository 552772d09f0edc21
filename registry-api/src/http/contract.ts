/** Requests and answers are checked against the hand-written contract, packages/contracts/registry.openapi.yaml. */
import { registryDocument } from '@datamesh/contracts/node';
import { isTitle } from '@datamesh/contracts/titles';
import { formBody as readForm, jsonBody as readJson } from '@datamesh/service';
import type { RequestHandler } from 'express';
import validator from 'express-openapi-validator';
import type { Logger } from 'pino';
import { notSignedIn } from './caller';
import { problem } from './problem';
import { pathOf } from './request-log';

/** Layouts are the largest JSON that a person makes; 1 MB is a hundred times a large one. */
export const jsonBody = (within: number): RequestHandler => readJson({ most: 1024 * 1024, within });

/** The few forms of this service's own pages. */
export const formBody = (within: number): RequestHandler => readForm({ most: 16 * 1024, within });

export interface ContractOptions {
  /** strict: an answer that breaks the contract becomes a 500; log: it is logged and sent. */
  responses: 'strict' | 'log';
  logger: Logger;
}

/** Middlewares for everything below /api/v1. Unknown paths, methods, parameters and media types are refused here. */
export function contractOf({ responses, logger }: ContractOptions): RequestHandler[] {
  // The validator edits the document that it is given.
  const apiSpec = structuredClone(registryDocument) as unknown as Parameters<typeof validator.middleware>[0]['apiSpec'];
  return validator.middleware({
    apiSpec,
    validateApiSpec: false,
    validateSecurity: false,
    validateRequests: { allowUnknownQueryParameters: false },
    fileUploader: false,
    formats: { title: { type: 'string', validate: isTitle } },
    ignorePaths: /^(?!\/api\/v1\/)/,
    validateResponses:
      responses === 'strict'
        ? true
        : {
            onError: (error, _body, req) =>
              logger.error({ err: error, requestId: req.requestId, path: pathOf(req) }, 'an answer breaks the contract'),
          },
  });
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
