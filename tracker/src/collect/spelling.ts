import { outsideEscapes } from './address';
import { withoutEnd } from './text';

/** What a site says of spellings of its paths that mean the same page there. Which do only the site can know: by default none. */
export const FOLDS = ['slash', 'double-slash', 'index', 'case'] as const;
export type Fold = (typeof FOLDS)[number];

/** In this order, whatever the order of the setting: `//a/INDEX.html` with all of them is `/a`. */
export function foldedPath(path: string, folds: ReadonlySet<Fold>): string {
  let folded = path;
  if (folds.has('double-slash')) folded = folded.replace(/\/{2,}/g, '/');
  if (folds.has('index')) folded = folded.replace(/\/(?:index|default)\.(?:html?|php|aspx?)$/i, '/');
  if (folds.has('slash')) folded = withoutEnd(folded, '/') || folded.slice(0, 1);
  return folds.has('case') ? outsideEscapes(folded, (part) => part.toLowerCase().normalize('NFC')) : folded;
}
