import { join } from 'node:path';

/** The repository's root folder. */
export const ROOT = join(import.meta.dirname, '../..');
/** A path below it. */
export const at = (...parts) => join(ROOT, ...parts);
