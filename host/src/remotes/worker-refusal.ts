/** How a worker says to its page why it runs nothing: in the message of its `error` event, which is all that reaches the page. */

/** As reasons of a WidgetFailure, and one for browsers that cannot run workers at all. */
export type Refusal = 'wrong_bytes' | 'not_published' | 'unavailable' | 'not_a_script' | 'unsupported';

const MARK = 'No worker is started';

export const refusalText = (refusal: Refusal, words: string): string => `${MARK} (${refusal}): ${words}`;

export function refusalIn(message: string): Refusal | undefined {
  return new RegExp(`${MARK} \\((\\w+)\\): `).exec(message)?.[1] as Refusal | undefined;
}
