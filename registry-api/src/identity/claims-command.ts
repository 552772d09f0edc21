/** `registry-api claims`: what this instance's settings make of a claim set, without signing anybody in. */
import { type ClaimNames, ClaimsRefused, groupsAt, MAX_PLACES, placesOf, userFromClaims } from './claims';
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
  const groups = names.groups ? groupsAt(set, names.groups.claim) : [];
  const unknownGroups = names.groups ? grantsOf(names.groups, groups).unknown : [];
  const { departments, teams } = placesOf(set, names);
  const leftOut = { departments: departments.slice(MAX_PLACES), teams: teams.slice(MAX_PLACES) };
  const said = {
    user: userFromClaims(set, names),
    groups,
    unknownGroups,
    ...(leftOut.departments.length + leftOut.teams.length > 0 ? { leftOut } : {}),
    ...(names.groups && isElsewhere(set, names.groups.claim)
      ? {
          notes: [
            `the issuer did not send "${names.groups.claim}", as they are too many (_claim_names): let it send those of this application only`,
          ],
        }
      : {}),
  };
  return `${JSON.stringify(said, null, 2)}\n`;
}

/** OpenID Connect's distributed claims, which Entra ID takes to above 200 groups: this product does not go and ask for them. */
function isElsewhere({ _claim_names: elsewhere }: Record<string, unknown>, claim: string): boolean {
  return typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, claim);
}
