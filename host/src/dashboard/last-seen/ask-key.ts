import { isGatewayStatus } from '../../api/gateway';

/** As the edge says it, and as the cookie has it that came with that answer (host/server/last-seen-key.ts). */
interface Key {
  key: string;
  user: string | null;
}

/**
 * Of the session that the browser has; the edge answers by itself, so it is there while the registry is not. While the edge is away, as
 * it last said it to this browser. Throws where there is none.
 */
export async function askLastSeenKey(): Promise<Key> {
  let answer: Response;
  try {
    answer = await fetch('/last-seen-key', { cache: 'no-store', signal: AbortSignal.timeout(15_000) });
  } catch (cause) {
    return keptKey(cause);
  }
  if (answer.ok) return (await answer.json()) as Key;
  const refusal = new Error(`the edge gives no key: ${answer.status}`);
  // The edge answers this by itself, and never so.
  if (isGatewayStatus(answer.status)) return keptKey(refusal);
  throw refusal;
}

function keptKey(otherwise: unknown): Key {
  const key = keyIn(document.cookie);
  if (key === undefined) throw otherwise;
  return { key, user: null };
}

/** 32 bytes, base64url. */
export const keyIn = (cookies: string): string | undefined =>
  /(?:^|;\s*)(?:__Host-)?dm_last_seen=([A-Za-z0-9_-]{43})(?=;|$)/.exec(cookies)?.[1];
