/** Who calls through the edge, as the header lines that say so. */
import { Browser } from '../../registry-api/src/testing/browser';
import type { Stack } from '../harness/stack';

export type Person = 'casey' | 'alex' | 'robin' | 'dana';

/** Signs in with one of the demo people: the header lines of a request from the dashboard's own page. */
export async function signedIn(stack: Stack, person: Person): Promise<Record<string, string>> {
  const browser = new Browser(stack.url);
  await browser.signIn(person);
  const cookie = browser.cookies.get('dm_session');
  if (cookie === undefined) throw new Error(`${person} has no session`);
  return { cookie: `dm_session=${cookie}`, origin: stack.url, 'sec-fetch-site': 'same-origin' };
}

/** Of a token that keeps the layouts of the department. */
export const layoutTokenOf = async (stack: Stack, department: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await stack.layoutToken(department)}`,
});

/** Of a token that may publish for the team. */
export const tokenOf = async (stack: Stack, team: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await stack.token(team)}`,
});
