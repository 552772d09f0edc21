/** A widget's versions from the highest down, each read once for as long as the record is kept: with thousands, reading is what costs. */
import semver from 'semver';

export interface VersionEntry {
  version: string;
  /** Of the sorted list of (path, sha384): what the version is. */
  digest: string;
  /** ISO 8601. */
  publishedAt: string;
  publishedBy: string;
  /** All files unpacked. */
  bytes: number;
  /** The reason, null while it is not. */
  deprecated: string | null;
  yanked: string | null;
}

interface Read {
  entry: VersionEntry;
  semver: semver.SemVer;
}

export interface Ordered {
  /** The highest first. */
  all: readonly Read[];
  /** Without prereleases. */
  released: readonly Read[];
  byVersion: ReadonlyMap<string, VersionEntry>;
}

/** Lists of versions are never changed, only replaced. */
const known = new WeakMap<readonly VersionEntry[], Ordered>();

export function ordered(versions: readonly VersionEntry[]): Ordered {
  const made = known.get(versions);
  if (made) return made;
  const all = versions
    .map((entry) => ({ entry, semver: new semver.SemVer(entry.version) }))
    .sort((a, b) => semver.rcompare(a.semver, b.semver));
  const fresh = {
    all,
    released: all.filter(({ semver: { prerelease } }) => prerelease.length === 0),
    byVersion: new Map(versions.map((entry) => [entry.version, entry])),
  };
  known.set(versions, fresh);
  return fresh;
}

export const isUsable = ({ entry }: Read): boolean => entry.yanked === null;
