/** Folders of packages, relative to the repository, that the bundles need. */
export function modulesOf(bundles: readonly string[]): Promise<string[]>;
export function collect(out: string, bundles: readonly string[]): Promise<void>;
