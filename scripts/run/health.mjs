/**
 * What a service says of itself: `{ state: 'ready' | 'not ready' | 'silent', text }`, `text` for people. A service that answers but is
 * not ready waits for something else, such as its store; one that is silent is starting, dead or hung.
 */
export async function healthOf(url, timeout = 5000) {
  const alive = await ask(`${url}/healthz`, timeout);
  if (!alive.answer) return { state: 'silent', text: alive.reason };
  const ready = await ask(`${url}/readyz`, timeout);
  if (ready.answer?.ok) return { state: 'ready', text: 'ready' };
  return { state: 'not ready', text: ready.reason ?? reasonOf(ready.body) ?? `it answers ${ready.answer.status}` };
}

async function ask(address, timeout) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(timeout) });
    return { answer, body: await answer.text() };
  } catch (error) {
    return { reason: error.name === 'TimeoutError' ? `no answer within ${timeout / 1000} s` : (error.cause?.code ?? error.message) };
  }
}

/** A problem's `detail`, where there is one. */
function reasonOf(body) {
  try {
    return JSON.parse(body).detail;
  } catch {
    return undefined;
  }
}
