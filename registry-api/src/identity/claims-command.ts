/** `registry-api claims`: what this instance's settings make of a claim set, without signing anybody in. */
import { type ClaimNames, ClaimsRefused, listAt, userFromClaims } from './claims';
import { grantsOf } from './groups';

/** `text` is the claim set as JSON; what is given back is JSON as well. Throws ClaimsRefused with what is wrong. */
export function sayClaims(text: string, names: ClaimNames): string {
  let claims: unknown;
  try {
    claims = JSON.parse(text);
  } catch (error) {
    throw new ClaimsRefused(`standard input must be a claim set as JSON: ${(error as Error).message}`);
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw new ClaimsRefused('a claim set is a JSON object');
  const set = claims as Record<string, unknown>;
  const groups = names.groups ? listAt(set, names.groups.claim) : [];
  const unknown = names.groups ? grantsOf(names.groups, groups).unknown : [];
  return `${JSON.stringify({ user: userFromClaims(set, names), groups, unknownGroups: unknown }, null, 2)}\n`;
}
