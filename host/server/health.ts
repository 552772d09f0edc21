import type { RequestHandler } from 'express';
import { sendProblem } from './problem';
import type { Service } from './proxy';

export const alive: RequestHandler = (_request, response) => {
  response.set('cache-control', 'no-store').json({ status: 'alive' });
};

/** Ready when both services can be reached: a replica that cannot reach them would only answer 502. */
export function ready(services: readonly Service[], timeout = 2_000): RequestHandler {
  return async (_request, response) => {
    const causes = await Promise.all(services.map((service) => unreachable(service, timeout)));
    const missing = causes.filter((cause) => cause !== undefined);
    if (missing.length > 0) return sendProblem(response, 'not_ready', missing.join('; '));
    response.set('cache-control', 'no-store').json({ status: 'ready' });
  };
}

async function unreachable({ name, url }: Service, timeout: number): Promise<string | undefined> {
  try {
    const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(timeout) });
    await answer.body?.cancel();
    return answer.ok ? undefined : `${name} answers ${answer.status}`;
  } catch (error) {
    return `${name} does not answer (${error instanceof Error && error.name === 'TimeoutError' ? `waited ${timeout} ms` : 'no connection'})`;
  }
}
