/**
 * The look-up of a request's operation for express-openapi-validator (5.6), whose own compiles the patterns of the contract's paths again for
 * every request until one fits: half a millisecond. Here they are compiled once.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mediaTypeOf } from './media-type';

interface Operation {
  requestBody?: { content: Record<string, unknown> };
  responses?: unknown;
}
type Methods = Record<string, Operation>;
interface Document {
  paths: Record<string, Methods>;
}

/** What the validator knows of a contract: its OpenApiContext, as far as it is used here. */
interface Context {
  apiDoc: Document;
  /** In the order in which paths are tried. */
  expressRouteMap: Record<string, { basePath: string; _openApiRoute: string; _expressRoute: string }>;
  ignoreUndocumented: boolean;
  serial: number;
  shouldIgnoreRoute(path: string): boolean;
  isManagedRoute(path: string): boolean;
}

/** An express application. */
type App = object;

interface ContractRequest extends IncomingMessage {
  app: App;
  path: string;
  baseUrl: string;
  originalUrl: string;
  params: Record<string, string>;
  openapi?: unknown;
}
type Look = (request: ContractRequest, response: ServerResponse, next: () => void) => void;

interface Validator {
  metadataMiddleware?: (context: Context, responses: Document | null) => Look;
  installPathParams(app: App, context: Context): void;
}

type Refusal = new (about: { path: string; message: string; headers?: Record<string, string> }) => Error;

/** The library's own module. */
export interface ValidatorModule {
  middleware: object;
  error: { MethodNotAllowed: Refusal; NotFound: Refusal; BadRequest: Refusal };
}

interface Route {
  pattern: RegExp;
  parameters: string[];
  openApiRoute: string;
  expressRoute: string;
  methods: Methods;
  answers: Methods | undefined;
}

/**
 * To be called right after `module.middleware(…)`, for the middlewares that it gave. They may then serve several applications, where the library
 * itself names the parameters of paths for the first only. Paths are told apart by capitals where `sensitive` is true, as the application's
 * `case sensitive routing` says. Throws where the library is built in another way: then see whether this is needed still.
 */
export function compileContractRoutes({ middleware, error }: ValidatorModule, sensitive: boolean): void {
  const validator = (middleware as { _oav?: Validator })._oav;
  if (typeof validator?.metadataMiddleware !== 'function' || typeof validator.installPathParams !== 'function')
    throw new TypeError('express-openapi-validator has no look-up of operations that could be replaced');
  const installPathParams = validator.installPathParams.bind(validator);
  const installed = new WeakSet<App>();
  validator.installPathParams = (app, context) => {
    if (installed.has(app)) return;
    installed.add(app);
    installPathParams(app, context);
  };
  validator.metadataMiddleware = (context, responses) => {
    const routes = routesOf(context, responses, sensitive);
    return (request, _response, next) => {
      validator.installPathParams(request.app, context);
      const path = request.path.startsWith(request.baseUrl) ? request.path : `${request.baseUrl}/${request.path}`;
      if (context.shouldIgnoreRoute(path)) return next();
      const [asked = ''] = request.originalUrl.split('?', 1);
      for (const { pattern, parameters, methods, answers, openApiRoute, expressRoute } of routes) {
        const found = pattern.exec(asked);
        if (!found) continue;
        const pathParams = valuesOf(parameters, found);
        if (!pathParams) throw new error.BadRequest({ path: request.path, message: "malformed uri'" });
        const method = (request.method ?? '').toLowerCase();
        const schema = Object.hasOwn(methods, method) ? methods[method] : undefined;
        if (!schema) {
          if (context.ignoreUndocumented) return next();
          const message = `${request.method} method not allowed`;
          throw new error.MethodNotAllowed({ path: request.path, message, headers: { Allow: allowed(methods) } });
        }
        spellAsContract(request, schema);
        request.openapi = { expressRoute, openApiRoute, pathParams, schema, serial: context.serial, _responseSchema: answers?.[method] };
        request.params = pathParams;
        return next();
      }
      if (context.isManagedRoute(path) && !context.ignoreUndocumented)
        throw new error.NotFound({ path: request.path, message: 'not found' });
      next();
    };
  };
}

function routesOf({ expressRouteMap, apiDoc }: Context, responses: Document | null, sensitive: boolean): Route[] {
  return Object.values(expressRouteMap).map(({ basePath, _openApiRoute: openApiRoute, _expressRoute: expressRoute }) => {
    const key = openApiRoute.slice(basePath.length);
    const parameters: string[] = [];
    const pattern = openApiRoute.replace(/\{([^}]+)\}|[\\^$.*+?()[\]|]/g, (text, name: string | undefined) => {
      if (name === undefined) return `\\${text}`;
      parameters.push(name);
      return '([^/]+)';
    });
    const methods = apiDoc.paths[key];
    if (!methods) throw new TypeError(`the contract has no path ${key}`);
    const answers = responses?.paths[key];
    return { pattern: new RegExp(`^${pattern}/?$`, sensitive ? '' : 'i'), parameters, openApiRoute, expressRoute, methods, answers };
  });
}

/**
 * The validator makes and keeps a check for every spelling of a Content-Type: half a megabyte and 15 ms for each that somebody invents. So it sees
 * the contract's own, and none where the operation takes no body. What the contract does not list stays as it is, and is refused without a check.
 */
function spellAsContract({ headers }: IncomingMessage, { requestBody }: Operation): void {
  const given = mediaTypeOf(headers);
  if (!requestBody) delete headers['content-type'];
  else if (given !== undefined && Object.hasOwn(requestBody.content, given)) headers['content-type'] = given;
}

/** null where one is no text: `%zz`. */
function valuesOf(parameters: string[], found: RegExpExecArray): Record<string, string> | null {
  try {
    return Object.fromEntries(parameters.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]));
  } catch {
    return null;
  }
}

const known = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
const allowed = (methods: Methods): string =>
  Object.keys(methods)
    .filter((name) => known.has(name))
    .map((name) => name.toUpperCase())
    .join(', ');
