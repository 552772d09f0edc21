import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../setup/failure.mjs';

/** What the tracker takes at once. */
const BATCH = 500;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
/** Of pauses without anything being taken: then somebody should look. */
const PATIENCE = 120_000;

/**
 * Sends events batch after batch, in their order: the tracker makes sessions of what comes by the time it happened.
 * -> { stored, dropped: { reason: count } }. `progress(sent)` after each batch; `pause(ms)` is for tests.
 */
export async function send(events, { url, key, progress = () => {}, pause = sleep }) {
  const totals = { stored: 0, dropped: {} };
  for (let at = 0; at < events.length; at += BATCH) {
    const batch = events.slice(at, at + BATCH);
    const { stored, dropped = {} } = await sendBatch(batch, { url, key, pause, met: at > 0 });
    refuseToGoOn(dropped, batch);
    totals.stored += stored;
    for (const [reason, count] of Object.entries(dropped)) totals.dropped[reason] = (totals.dropped[reason] ?? 0) + count;
    progress(at + batch.length);
  }
  return totals;
}

/** `met`: somebody has answered there before. */
async function sendBatch(batch, { url, key, pause, met }) {
  for (let waited = 0, next = FIRST_PAUSE; ; next = Math.min(LONGEST_PAUSE, next * 2)) {
    const answer = await post(batch, { url, key });
    if (answer.status === 200) return answer.body;
    if (answer.status === 0 && !met)
      throw new Failure(`Nothing answers at ${url} (${answer.cause}). Start the system with npm start, or name another one with --to.`);
    if (!isTemporary(answer.status)) throw new Failure(POINTLESS[answer.body?.code]?.(batch[0].site) ?? refusal(url, answer));
    if (waited >= PATIENCE)
      throw new Failure(`${told(url, answer)}, and that for ${waited / 1000} s. Run it again later: what was stored is not stored twice.`);
    met = true;
    const wait = Math.max(next, answer.retryAfter);
    await pause(wait);
    waited += wait;
  }
}

async function post(batch, { url, key }) {
  try {
    const response = await fetch(new URL('/t/events', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(batch),
      redirect: 'manual',
    });
    const text = await response.text();
    const retryAfter = Number(response.headers.get('retry-after')) * 1000 || 0;
    return { status: response.status, body: parsed(text), text, retryAfter };
  } catch (error) {
    return { status: 0, cause: error.cause?.code ?? error.message, retryAfter: 0 };
  }
}

/** 0: the connection was lost on the way; the ids tell a second delivery. */
const isTemporary = (status) => status === 0 || status === 429 || status >= 500;

const told = (url, { status, cause, body }) =>
  status === 0 ? `${url} no longer answers (${cause})` : `${url} answers ${status}${body?.code ? ` ${body.code}` : ''}`;

const refusal = (url, answer) =>
  answer.status === 200 || answer.body?.code
    ? `${told(url, answer)}: ${answer.body.detail ?? answer.text}`
    : `${told(url, answer)}. Is that a Data Mesh dashboard?`;

/** Reasons that hold for every event alike: sending the rest would only be dropped as well. */
const POINTLESS = {
  unknown_site: (site) =>
    `The tracker knows no site "${site}". npm start adds it unless SITES is set; then add it there, with this key's digest.`,
  key_refused: (site) => `The tracker does not trust this key for the site "${site}". Its SITES must hold the key's digest.`,
};

function refuseToGoOn(dropped, [{ site }]) {
  for (const [reason, text] of Object.entries(POINTLESS)) if (dropped[reason]) throw new Failure(text(site));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
