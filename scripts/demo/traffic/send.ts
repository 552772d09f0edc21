import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, Failure, messageOf } from '../../setup/failure.ts';

/** As much of an event as is looked at here. */
interface SiteEvent {
  site: string;
}

interface To {
  url: string;
  key: string;
}

/** How many were stored, and by reason how many were not. */
export interface Sent {
  stored: number;
  dropped: Record<string, number>;
}

/** What the tracker says: of a batch, or why not. */
interface Body {
  stored?: number;
  dropped?: Record<string, number>;
  code?: string;
  detail?: string;
}

interface Answer {
  /** 0: the connection was lost on the way; the ids tell a second delivery. */
  status: number;
  body?: Body | undefined;
  text?: string;
  cause?: string;
  retryAfter: number;
}

/** What the tracker takes at once. */
const BATCH = 500;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
/** Of pauses without anything being taken: then somebody should look. */
const TIMEOUT_MS = 120_000;

/**
 * Sends events batch after batch, in their order: the tracker makes sessions of what comes by the time it happened.
 * `progress(sent)` after each batch; `pause(ms)` is for tests.
 */
export async function send(
  events: readonly SiteEvent[],
  { url, key, progress = () => {}, pause = sleep }: To & { progress?(sent: number): void; pause?(ms: number): Promise<unknown> },
): Promise<Sent> {
  const totals: Sent = { stored: 0, dropped: {} };
  for (let at = 0; at < events.length; at += BATCH) {
    const batch = events.slice(at, at + BATCH);
    const site = batch[0]?.site ?? '';
    const { stored = 0, dropped = {} } = await sendBatch(batch, { url, key, pause, site, met: at > 0 });
    refuseToGoOn(dropped, site);
    totals.stored += stored;
    for (const [reason, count] of Object.entries(dropped)) totals.dropped[reason] = (totals.dropped[reason] ?? 0) + count;
    progress(at + batch.length);
  }
  return totals;
}

/** `met`: somebody has answered there before. */
async function sendBatch(
  batch: readonly SiteEvent[],
  { url, key, pause, site, met }: To & { pause(ms: number): Promise<unknown>; site: string; met: boolean },
): Promise<Body> {
  let known = met;
  for (let waited = 0, next = FIRST_PAUSE; ; next = Math.min(LONGEST_PAUSE, next * 2)) {
    const answer = await post(batch, { url, key });
    if (answer.status === 200 && answer.body) return answer.body;
    if (answer.status === 0 && !known)
      throw new Failure(`Nothing answers at ${url} (${answer.cause}). Start the system with npm start, or name another one with --to.`);
    if (!isTemporary(answer.status)) throw new Failure(POINTLESS[answer.body?.code ?? '']?.(site) ?? refusal(url, answer));
    if (waited >= TIMEOUT_MS)
      throw new Failure(
        `${describeAnswer(url, answer)}, and that for ${waited / 1000} s. Run it again later: what was stored is not stored twice.`,
      );
    known = true;
    const wait = Math.max(next, answer.retryAfter);
    await pause(wait);
    waited += wait;
  }
}

async function post(batch: readonly SiteEvent[], { url, key }: To): Promise<Answer> {
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
    return { status: 0, cause: String((error instanceof Error && codeOf(error.cause)) || messageOf(error)), retryAfter: 0 };
  }
}

const isTemporary = (status: number): boolean => status === 0 || status === 429 || status >= 500;

const describeAnswer = (url: string, { status, cause, body }: Answer): string =>
  status === 0 ? `${url} no longer answers (${cause})` : `${url} answers ${status}${body?.code ? ` ${body.code}` : ''}`;

const refusal = (url: string, answer: Answer): string =>
  answer.body?.code
    ? `${describeAnswer(url, answer)}: ${answer.body.detail ?? answer.text}`
    : `${describeAnswer(url, answer)}. Is that a Data Mesh dashboard?`;

/** Reasons that hold for every event alike: sending the rest would only be dropped as well. */
const POINTLESS: Readonly<Record<string, (site: string) => string>> = {
  unknown_site: (site) =>
    `The tracker knows no site "${site}". npm start adds it unless SITES is set; then add it there, with this key's digest.`,
  key_refused: (site) => `The tracker does not trust this key for the site "${site}". Its SITES must hold the key's digest.`,
};

function refuseToGoOn(dropped: Record<string, number>, site: string): void {
  for (const [reason, text] of Object.entries(POINTLESS)) if (dropped[reason]) throw new Failure(text(site));
}

function parsed(text: string): Body | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
