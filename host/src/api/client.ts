import type { RegistryPaths } from '@datamesh/contracts';
import createClient from 'openapi-fetch';
import { ApiProblem, unreachable } from './problem';

/** The registry API on this origin. The session travels in an http-only cookie: nothing here knows a token. */
export const api = createClient<RegistryPaths>({ baseUrl: '/api/v1' });

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
  const problem = new ApiProblem({ status: response.status, title: response.statusText, ...body });
  if (response.status === 401) reportSignedOut();
  throw problem;
}

export const signInPath = (returnTo: string): string => `/api/v1/session/sign-in?return_to=${encodeURIComponent(returnTo)}`;
