import { ConfigError } from '@datamesh/service';
import { isRole, ROLES, type Role } from '@datamesh/service/service-token';

/** What somebody is by a group of the company's directory, beside what other claims say. */
export interface GroupGrant {
  roles: Role[];
  departments: string[];
  teams: string[];
}

/** `claim` holds a person's groups; a pattern is a group's name, or has one `*` in it, whose text `$1` stands for. */
export interface GroupMap {
  claim: string;
  groups: { pattern: string; grant: GroupGrant }[];
}

const setting = 'CLAIM_GROUPS';
const slugOrPlace = /^(?:[a-z$][a-z0-9$-]{0,49})$/;

/** What the setting says: `{"claim": "groups", "groups": {"dept-*": {"departments": ["$1"]}}}`. Throws ConfigError with what is wrong. */
export function readGroupMap(value: unknown): GroupMap | null {
  if (value === undefined) return null;
  const { claim, groups, ...others } = objectAt(value, 'it');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw wrong(`has "${unknown}"; it holds "claim" and "groups"`);
  if (typeof claim !== 'string' || claim === '') throw wrong('must name the claim that holds the groups: "claim"');
  return {
    claim,
    groups: Object.entries(objectAt(groups, '"groups"')).map(([pattern, grant]) => {
      if (pattern.split('*').length > 2) throw wrong(`has more than one * in "${pattern}"`);
      return { pattern, grant: grantOf(pattern, objectAt(grant, `"${pattern}"`)) };
    }),
  };
}

function grantOf(pattern: string, grant: Record<string, unknown>): GroupGrant {
  const [unknown] = Object.keys(grant).filter((key) => !['roles', 'departments', 'teams'].includes(key));
  if (unknown !== undefined) throw wrong(`gives "${pattern}" "${unknown}"; a group gives roles, departments and teams`);
  const list = (key: string): string[] => {
    const given = grant[key] ?? [];
    if (!Array.isArray(given) || given.some((entry) => typeof entry !== 'string'))
      throw wrong(`needs a list of texts as ${key} of "${pattern}"`);
    return given as string[];
  };
  const given = list('roles');
  const noRole = given.find((role) => !isRole(role));
  if (noRole !== undefined) throw wrong(`gives "${pattern}" the role "${noRole}"; there are ${ROLES.join(', ')}`);
  const slugs = [...list('departments'), ...list('teams')];
  const noSlug = slugs.find((slug) => !slugOrPlace.test(slug) || (slug.includes('$') && !(slug.includes('$1') && pattern.includes('*'))));
  if (noSlug !== undefined)
    throw wrong(`gives "${pattern}" "${noSlug}", which can be no department or team; $1 stands for the text of a *`);
  return { roles: given as Role[], departments: list('departments'), teams: list('teams') };
}

function objectAt(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(`must be an object: ${what}`);
  return value as Record<string, unknown>;
}

const wrong = (what: string): ConfigError => new ConfigError(setting, what);

/** What the groups give, and which of them no pattern knows. */
export function grantsOf(map: GroupMap, groups: readonly string[]): GroupGrant & { unknown: string[] } {
  const sum: GroupGrant & { unknown: string[] } = { roles: [], departments: [], teams: [], unknown: [] };
  for (const group of groups) {
    let known = false;
    for (const { pattern, grant } of map.groups) {
      const text = textOfStar(pattern, group);
      if (text === null) continue;
      known = true;
      const filled = (slugs: string[]): string[] => slugs.map((slug) => slug.replaceAll('$1', text.toLowerCase()));
      sum.roles.push(...grant.roles);
      sum.departments.push(...filled(grant.departments));
      sum.teams.push(...filled(grant.teams));
    }
    if (!known) sum.unknown.push(group);
  }
  return sum;
}

/** What stands where the pattern has its `*` ('' for a pattern without one); null where the group is not meant. */
function textOfStar(pattern: string, group: string): string | null {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === group ? '' : null;
  if (group.length < before.length + after.length || !group.startsWith(before) || !group.endsWith(after)) return null;
  return group.slice(before.length, group.length - after.length);
}
