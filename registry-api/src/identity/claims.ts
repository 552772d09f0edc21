import type { User } from '@datamesh/contracts';
import { type GroupMap, grantsOf } from './groups';
import { isRole } from './roles';

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
  const given = names.groups ? grantsOf(names.groups, listAt(claims, names.groups.claim)) : { roles: [], departments: [], teams: [] };
  const roles = [...new Set([...listAt(claims, names.roles).filter(isRole), ...given.roles])];
  const email = claims['email'];
  return {
    id: sub,
    name: nameOf(claims, sub),
    ...(typeof email === 'string' && email.length <= 254 ? { email } : {}),
    roles: roles.length > 0 ? roles : ['viewer'],
    departments: slugs([...listAt(claims, names.departments), ...given.departments]),
    teams: slugs([...listAt(claims, names.teams), ...given.teams]),
  };
}

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

/** More than any directory gives one person. */
const most = 2000;

/** A claim as a list of strings. `realm_access.roles` reaches into objects unless a claim has that very name. */
export function listAt(claims: Record<string, unknown>, name: string): string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : name.split('.').reduce<unknown>(step, claims);
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((entry) => entry !== '');
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string').slice(0, most) : [];
}

function step(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
