import type { RegistryPaths } from '@datamesh/contracts';
import createClient from 'openapi-fetch';
import { isGatewayStatus } from './gateway';
import { ApiProblem, unreachable } from './problem';

/** Milliseconds that a question may stay without an answer. Writes have the edge's own limits: nobody knows how far an abandoned one got. */
const TIMEOUT_MS = 15_000;

const patiently = (request: Request): Promise<Response> =>
  request.method === 'GET'
    ? fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]) })
    : fetch(request);

/** The registry API on this origin. The session travels in an http-only cookie: nothing here knows a token. */
export const api = createClient<RegistryPaths>({ baseUrl: '/api/v1', fetch: patiently });

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

const signedOutListeners = new Set<() => void>();

/** Called once an answer says that the session has ended. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

export function reportSignedOut(): void {
  for (const listener of signedOutListeners) listener();
}

/** What a call yields, or its problem thrown as ApiProblem. */
export async function ask<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  let answer: Answer<Data>;
  try {
    answer = await call;
  } catch (cause) {
    throw unreachable(cause);
  }
  const { data, error, response } = answer;
  if (response.ok) return data as Data;
  const body = typeof error === 'object' && error !== null ? error : {};
  // Problems of the edge and of services have a code.
  if (isGatewayStatus(response.status) && !('code' in body))
    throw unreachable(new Error(`${response.status} of whatever stands before the edge`));
  const retryAfter = 1000 * (Number(response.headers.get('retry-after')) || 0);
  const problem = new ApiProblem({ status: response.status, title: response.statusText, ...body, retryAfter });
  if (response.status === 401) reportSignedOut();
  throw problem;
}

export const signInPath = (returnTo: string): string => `/api/v1/session/sign-in?return_to=${encodeURIComponent(returnTo)}`;
