/** One question of one person: access first, then its turn, and it ends when the client closes or the time is up. */
import type { AnyDimension, ServiceClaims, TrackerPaths } from '@datamesh/contracts';
import type { Request, Response, Router } from 'express';
import { ProblemError } from '../http/problem';
import { claimsOf, viewerOf } from '../identity/authenticate';
import type { Site, Sites } from '../sites/site';
import { visibleSite } from './access';
import { MissingOnce } from './missing';
import type { QueryContext, Scope } from './port';
import { type QueryLimiter, RETRY_AFTER } from './query-limiter';
import { type Visibility, visibilityOf } from './visibility';

export type Outcome = 'answered' | 'refused' | 'failed' | 'cancelled';

type QueryPath = {
  [Path in keyof TrackerPaths]: TrackerPaths[Path] extends { get: { parameters: { query: object } } } ? Path : never;
}[keyof TrackerPaths];
type QueryOf<Path extends QueryPath> = TrackerPaths[Path]['get']['parameters']['query'];

export interface QueryRequest<Path extends QueryPath> {
  /** As the contract has checked it, with its defaults filled in. */
  query: QueryOf<Path>;
  site: Site;
  claims: ServiceClaims;
  /** What this person gets to see of such a scope; `asked`: the dimensions that the question names beside its filters. */
  visibility(scope: Scope, asked?: readonly AnyDimension[]): Visibility;
  response: Response;
  /** The client has closed. */
  signal: AbortSignal;
  /** Waits for a turn and asks the engine; the time for both is limited. */
  take<T>(ask: (context: QueryContext) => Promise<T>): Promise<T>;
}

export interface QueryRouteDeps {
  sites: Sites;
  limiter: QueryLimiter;
  now(): number;
  timed(operation: string, milliseconds: number, outcome: Outcome): void;
  /** Milliseconds after which a question is given up. */
  timeout: number;
}

/** Whose answers say how far behind the sums are. */
const OF_SUMS: ReadonlySet<QueryPath> = new Set(['/summary', '/series', '/top', '/sessions', '/dwell']);

/** `run` returns the answer, or nothing when it has answered itself. */
export function queryRoute<Path extends QueryPath>(
  router: Router,
  deps: QueryRouteDeps,
  path: Path,
  run: (question: QueryRequest<Path>) => Promise<object | undefined>,
): void {
  router.get(path, async (request: Request, response: Response) => {
    const closed = new AbortController();
    response.on('close', () => closed.abort());
    const claims = claimsOf(response);
    const site = visibleSite(claims, deps.sites, String(request.query['site']));
    // Whoever closed while they were being recognised is not heard of again.
    if (response.closed) closed.abort();
    const missing = new MissingOnce();
    let behind: number | undefined;
    const take: QueryRequest<Path>['take'] = (ask) =>
      withTimeout(closed.signal, deps.timeout, (signal) =>
        deps.limiter.take(claims.sub, signal, () =>
          whole(signal, (asked) => {
            return ask({
              signal: asked,
              partial: missing.add,
              withheld: missing.add,
              behind: (events) => {
                behind = Math.max(behind ?? 0, events);
              },
            });
          }),
        ),
      );
    const started = deps.now();
    const done = (outcome: Outcome): void => deps.timed(path.slice(1), deps.now() - started, outcome);
    try {
      const query = request.query as unknown as QueryOf<Path>;
      const visibility: QueryRequest<Path>['visibility'] = (scope, asked = []) =>
        visibilityOf(site, claims, viewerOf(response), scope, [...scope.filters.map(({ dimension }) => dimension), ...asked]);
      const result = await run({ query, site, claims, visibility, response, signal: closed.signal, take });
      done('answered');
      if (result) response.json({ ...result, ...missing.partial, ...(OF_SUMS.has(path) && { behind }) });
    } catch (error) {
      if (closed.signal.aborted) return done('cancelled'); // nobody is there to answer
      const problem = error instanceof ProblemError ? error : null;
      done(problem && (problem.status < 500 || problem.code === 'too_busy') ? 'refused' : 'failed');
      if (problem?.code === 'too_busy') response.setHeader('retry-after', RETRY_AFTER);
      throw error;
    }
  });
}

/** A question is often several in the store: when one of them fails, the others end with it, before the place is another's. */
async function whole<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const failed = new AbortController();
  try {
    return await ask(AbortSignal.any([signal, failed.signal]));
  } finally {
    failed.abort();
  }
}

export async function withTimeout<T>(closed: AbortSignal, milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timeUp = AbortSignal.timeout(milliseconds);
  try {
    return await work(AbortSignal.any([closed, timeUp]));
  } catch (error) {
    if (timeUp.aborted && !closed.aborted) throw new ProblemError(503, 'query_timeout', 'That took too long. Ask for a shorter range.');
    throw error;
  }
}
