import semver from 'semver';
import { refused } from './refusal';

/** Throws a Refusal for what is no semantic version, written as npm writes it. */
export function checkVersion(version: string): void {
  if (semver.valid(version) !== version) throw refused('version_invalid', `${version} is not a semantic version`);
}
