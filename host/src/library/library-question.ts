/** Which layouts the library shows, as its address says. */
import { libraryPath } from '../dashboard/route';
import { LONGEST_SEARCH } from '../layouts/listing';
import { SCOPES, type Scope } from './library-calls';

export interface LibraryQuestion {
  scope: Scope;
  /** Words of titles, as typed. */
  q: string;
}

/** `search`: of the address. What it cannot mean is all. */
export function questionIn(search: string): LibraryQuestion {
  const asked = new URLSearchParams(search);
  return {
    scope: SCOPES.find((one) => one === asked.get('scope')) ?? 'all',
    q: (asked.get('q') ?? '').slice(0, LONGEST_SEARCH),
  };
}

export function addressOf({ scope, q }: LibraryQuestion): string {
  const asked = new URLSearchParams({ ...(scope === 'all' ? {} : { scope }), ...(q.trim() === '' ? {} : { q: q.trim() }) });
  return asked.size === 0 ? libraryPath() : `${libraryPath()}?${asked}`;
}
