/** Of the session that the browser has; the edge answers by itself, so it is there while the registry is not. Throws where there is none. */
export async function askLastSeenKey(): Promise<{ key: string; user: string | null }> {
  const answer = await fetch('/last-seen-key', { cache: 'no-store', signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`the edge gives no key: ${answer.status}`);
  return (await answer.json()) as { key: string; user: string | null };
}
