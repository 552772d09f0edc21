import { codeOf, messageOf } from '../setup/failure.ts';

/** `text` is for people. */
export interface Health {
  state: 'ready' | 'not ready' | 'silent';
  text: string;
}

type HealthAnswer = { answer: Response; body: string } | { answer?: undefined; reason: string };

/**
 * What a service says of itself. One that answers but is not ready waits for something else, such as its store; one that is silent is
 * starting, dead or hung.
 */
export async function healthOf(url: string, timeout = 5000): Promise<Health> {
  const alive = await ask(`${url}/healthz`, timeout);
  if (!alive.answer) return { state: 'silent', text: alive.reason };
  const ready = await ask(`${url}/readyz`, timeout);
  if (!ready.answer) return { state: 'not ready', text: ready.reason };
  if (ready.answer.ok) return { state: 'ready', text: 'ready' };
  return { state: 'not ready', text: reasonOf(ready.body) ?? `it answers ${ready.answer.status}` };
}

async function ask(address: string, timeout: number): Promise<HealthAnswer> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(timeout) });
    return { answer, body: await answer.text() };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return { reason: `no answer within ${timeout / 1000} s` };
    return { reason: String((error instanceof Error && codeOf(error.cause)) || messageOf(error)) };
  }
}

/** A problem's `detail`, where there is one. */
function reasonOf(body: string): string | undefined {
  try {
    const { detail }: { detail?: unknown } = JSON.parse(body);
    return typeof detail === 'string' ? detail : undefined;
  } catch {
    return undefined;
  }
}
