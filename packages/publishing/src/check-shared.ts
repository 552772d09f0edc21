/** What a remote shares, beside what the page offers: seen before anybody opens the widget instead of when it dies there. */
import { posix } from 'node:path';
import { sharedLibraries } from '@datamesh/contracts/shared-libraries';
import { major, satisfies, valid, validRange } from 'semver';
import { entryFile, extensionOf } from './check-files';
import { containerManifests, scriptsOf } from './container-manifest';
import type { Files } from './unpack';

export interface SharedFinding {
  /**
   * `shared_out_of_range`: a singleton that is given a version it does not take; it fails when it is opened. The others work, at a cost:
   * `shared_own_copy` a second copy of what the page has, `shared_eager` one that everybody downloads, `shared_not_offered` a singleton that whichever
   * widget comes first decides for all, or one that takes any version and was built with another major than the page has.
   */
  code: 'shared_out_of_range' | 'shared_own_copy' | 'shared_eager' | 'shared_not_offered';
  detail: string;
}

interface Shared {
  name: string;
  singleton: boolean;
  /** As the build writes it; null when any version will do, or the build says it in a way that only a package manager reads. */
  range: string | null;
  /** That it was built with; null: not known. */
  version: string | null;
  /** Files below dist/ that hold the remote's own copy. */
  files: string[];
}

const offered: ReadonlyMap<string, string> = new Map(Object.entries(sharedLibraries));

/** Findings in the order of the manifest, each library once. A container without a manifest shares what only its code knows. */
export function checkShared(files: Files): SharedFinding[] {
  const shared = sharedOf(files);
  const findings = shared.flatMap((library) => {
    const finding = findingOf(library);
    return finding ? [finding] : [];
  });
  const copy = copyOfReact(files, new Set(shared.flatMap((library) => library.files)));
  if (copy !== null && !findings.some(({ code }) => code === 'shared_eager')) {
    findings.push({
      code: 'shared_own_copy',
      detail: `${copy} carries a React of its own, beside the ${sharedLibraries.react} that the page offers; share react and react-dom`,
    });
  }
  return findings;
}

/** The one that keeps the widget from running at all; whether it is refused for that is the instance's to say. */
export const fatalIn = (findings: readonly SharedFinding[]): SharedFinding | undefined =>
  findings.find(({ code }) => code === 'shared_out_of_range');

function findingOf({ name, singleton, range, version: built, files }: Shared): SharedFinding | null {
  const version = offered.get(name);
  if (version === undefined) {
    if (!singleton) return null;
    const detail = `${name} is shared as a singleton, which the page does not offer: the first widget that is opened decides its version for all; share it without singleton`;
    return { code: 'shared_not_offered', detail };
  }
  if (range !== null && !satisfies(version, range)) {
    return singleton
      ? {
          code: 'shared_out_of_range',
          detail: `${name} is shared as a singleton of ${range}, and the page has ${version}: take ${version}, or share it without singleton to bring your own`,
        }
      : { code: 'shared_own_copy', detail: `${name} ${range} does not take the page's ${version}, so the widget brings its own copy` };
  }
  if (singleton && range === null && built !== null && major(built) !== major(version)) {
    const detail = `${name} was built with ${built}, and as a singleton of any version it gets the page's ${version}: say requiredVersion, or share it without singleton to bring your own`;
    return { code: 'shared_not_offered', detail };
  }
  if (files.includes(posix.basename(entryFile)))
    return {
      code: 'shared_eager',
      detail: `${name} is shared eagerly: everybody downloads the copy in ${entryFile}, which the page does not need; share it without eager`,
    };
  return null;
}

function sharedOf(files: Files): Shared[] {
  const [manifest] = containerManifests(files);
  const list = (manifest?.value as { shared?: unknown } | null | undefined)?.shared;
  return Array.isArray(list) ? list.flatMap((item: unknown) => sharedOfItem(item)) : [];
}

function sharedOfItem(item: unknown): Shared[] {
  if (typeof item !== 'object' || item === null) return [];
  const { name, singleton, requiredVersion, version, assets } = item as Record<string, unknown>;
  if (typeof name !== 'string') return [];
  const range = typeof requiredVersion === 'string' && validRange(requiredVersion) !== null ? requiredVersion : null;
  const built = typeof version === 'string' ? valid(version) : null;
  return [{ name, singleton: singleton === true, range, version: built, files: Object.values(scriptsOf(assets)).flat() }];
}

/** How React marks its elements, from 0.14 to 19: also where a build shortened every name. */
const reactElement = /["'`]react\.(?:transitional\.)?element["'`]/;

/** A script with React inside that is no copy for want of an offered one; null when there is none. */
function copyOfReact(files: Files, fallbacks: ReadonlySet<string>): string | null {
  for (const [path, file] of files) {
    if (!['.mjs', '.js'].includes(extensionOf(path)) || fallbacks.has(path.slice('dist/'.length))) continue;
    if (reactElement.test(file.toString('latin1'))) return path;
  }
  return null;
}
