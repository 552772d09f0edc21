/** What the edge takes of what the registry gives: the same requests through it and straight to the registry, in turns. */
import { signedIn } from '../../e2e/edge/people';
import { Stack } from '../../e2e/harness/stack';
import { Sessions } from '../../host/server/session';
import { loadInTurns } from './in-turns';
import type { Load } from './load';

const ROUNDS = 5;
const CONNECTIONS = 32;
const PIN = '/api/v1/pins/sales?include=layout%2Cresolution';

export interface Both {
  edge: Load;
  direct: Load;
  /** Of one answer, before it is compressed. */
  bytes: number;
}

export interface ThroughEdge {
  /** A department's pin, with its layout and what its widgets are. */
  pin: Both;
  /** A script of one of these widgets. */
  file: Both;
}

interface Pin {
  answer: { resolution: { base: string; entry: string; preload?: string[] }[] };
}

export async function throughEdge(): Promise<ThroughEdge> {
  const stack = await Stack.start({ env: { LIMIT_READS: 'none' } });
  try {
    const person = await signedIn(stack, 'casey');
    const sessions = new Sessions({ registryUrl: new URL(stack.registryUrl), secure: false, now: Date.now });
    const exchanged = await sessions.exchange(person['cookie'], 'registry-api', 'bench');
    if (exchanged.kind !== 'token') throw new Error(`casey has no token: ${exchanged.kind}`);
    const both = async (path: string, accept: Record<string, string> = {}): Promise<Both> => {
      const asked = {
        edge: { url: `${stack.url}${path}`, headers: { ...person, ...accept }, connections: CONNECTIONS },
        // As the edge asks it.
        direct: {
          url: `${stack.registryUrl}${path}`,
          headers: { authorization: `Bearer ${exchanged.token}`, ...accept },
          connections: CONNECTIONS,
        },
      };
      const bytes = await same(asked.edge, asked.direct);
      return { ...(await loadInTurns(asked, { rounds: ROUNDS, seconds: 3 })), bytes };
    };
    // Not compressed: the edge does that, and the registry does not.
    const pin = await both(PIN);
    const answer = (await (await fetch(`${stack.url}${PIN}`, { headers: person })).json()) as Pin;
    return { pin, file: await both(scriptOf(answer), { 'accept-encoding': 'gzip, br' }) };
  } finally {
    await stack.stop();
  }
}

function scriptOf({
  answer: {
    resolution: [widget],
  },
}: Pin): string {
  if (!widget) throw new Error('the pinned layout has no widget');
  return `${widget.base}${widget.preload?.[0] ?? widget.entry}`;
}

/** Bytes of the answer; throws where the two do not say the same. */
async function same(...asked: { url: string; headers: Record<string, string> }[]): Promise<number> {
  const answers = await Promise.all(
    asked.map(async ({ url, headers }) => {
      const answer = await fetch(url, { headers });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      return answer.text();
    }),
  );
  if (new Set(answers).size > 1) throw new Error(`the edge gives something else than ${asked[1]?.url}`);
  return answers[0]?.length ?? 0;
}
