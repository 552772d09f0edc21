import { join } from 'node:path';

/** The repository's root folder. */
export const ROOT = join(import.meta.dirname, '../..');
/** A path below it. */
export const at = (...parts: string[]): string => join(ROOT, ...parts);
