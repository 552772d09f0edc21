/** What is built for development lies apart from what `npm start` runs: neither can spoil the other. */
import { join } from 'node:path';
import { at } from '../setup/repository.ts';

/** Below the repository, so that packages are found; laid out as the repository is. */
export const BUILT = '.cache/dev';
/** A file for each part: what the edge tells open pages (host/server/development). */
export const STATE = at(BUILT, 'state');

/** Where development builds what otherwise lies at `path` of the repository. */
export const builtAt = (path: string): string => join(BUILT, path);
