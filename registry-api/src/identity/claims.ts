import type { User } from '@datamesh/contracts';
import { isRole } from '@datamesh/service/service-token';
import { type GroupGrant, type GroupMap, grantsOf } from './groups';

/** The names of the claims that carry a person's roles, departments and teams at this company's issuer. */
export interface ClaimNames {
  roles: string;
  departments: string;
  teams: string;
  /** What groups of the company's directory give beside them; null or absent: groups mean nothing. */
  groups?: GroupMap | null;
}

const slug = /^[a-z][a-z0-9-]{0,49}$/;
const subject = /^[\x21-\x7e]{1,150}$/;

export class ClaimsRefused extends Error {
  override readonly name = 'ClaimsRefused';
}

/**
 * The snapshot of a person that a session keeps. Whatever the issuer says beyond what this product knows (other roles, names
 * that are no slugs) is left out: it could never match anything. Someone without a role may look.
 */
export function userFromClaims(claims: Record<string, unknown>, names: ClaimNames): User {
  const { sub } = claims;
  if (typeof sub !== 'string' || !subject.test(sub)) throw new ClaimsRefused('the issuer sent no usable `sub` claim');
  const given = givenBy(claims, names);
  const roles = [...new Set([...listAt(claims, names.roles).filter(isRole), ...given.roles])];
  const { departments, teams } = placesOf(claims, names);
  const email = claims['email'];
  return {
    id: sub,
    name: nameOf(claims, sub),
    ...(typeof email === 'string' && email.length <= 254 ? { email } : {}),
    roles: roles.length > 0 ? roles : ['viewer'],
    departments: departments.slice(0, MAX_PLACES),
    teams: teams.slice(0, MAX_PLACES),
  };
}

/** Departments, and teams, of one person: what is signed for a session goes with every request between the services. */
export const MAX_PLACES = 100;

/** All departments and teams that the issuer says somebody belongs to, more than one person may have included. */
export function placesOf(claims: Record<string, unknown>, names: ClaimNames): Pick<User, 'departments' | 'teams'> {
  const given = givenBy(claims, names);
  return {
    departments: slugs([...listAt(claims, names.departments), ...given.departments]),
    teams: slugs([...listAt(claims, names.teams), ...given.teams]),
  };
}

const givenBy = (claims: Record<string, unknown>, { groups }: ClaimNames): GroupGrant =>
  groups ? grantsOf(groups, groupsAt(claims, groups.claim)) : { roles: [], departments: [], teams: [] };

function nameOf(claims: Record<string, unknown>, fallback: string): string {
  for (const key of ['name', 'preferred_username', 'email']) {
    const value = claims[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 120);
  }
  return fallback;
}

const slugs = (entries: string[]): string[] => [
  ...new Set(entries.map((entry) => entry.toLowerCase()).filter((entry) => slug.test(entry))),
];

/** A claim as a list of strings. */
function listAt(claims: Record<string, unknown>, name: string): string[] {
  const value = valueAt(claims, name);
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((entry) => entry !== '') : textsOf(value);
}

/** All of them, as any may be the one that counts. A text is one group, as issuers write it of who is in no other: names have spaces and commas in them. */
export function groupsAt(claims: Record<string, unknown>, name: string): string[] {
  const value = valueAt(claims, name);
  return typeof value === 'string' && value !== '' ? [value] : textsOf(value);
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []);

/** `realm_access.roles` reaches into objects unless a claim has that very name. */
const valueAt = (claims: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(claims, name) ? claims[name] : name.split('.').reduce<unknown>(step, claims);

function step(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
