import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../setup/failure.mjs';

const PATIENCE = 60_000;

/** Until GET /readyz answers 200. Ends early when the process does; `service` as startService gives it. */
export async function ready({ name, url, exited, log }) {
  const until = performance.now() + PATIENCE;
  let ended;
  exited.then((text) => {
    ended = text;
  });
  let last = 'no answer';
  while (performance.now() < until) {
    if (ended) throw new Failure(ended);
    last = await answer(`${url}/readyz`);
    if (last === 'ready') return;
    await pause(50);
  }
  throw new Failure(`${name} is not ready after ${PATIENCE / 1000} s (${last}); its log is ${log}`);
}

async function answer(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok ? 'ready' : `it answers ${response.status}`;
  } catch (error) {
    return error.cause?.code ?? error.message;
  }
}
