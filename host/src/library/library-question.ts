/** Which layouts the library shows and in which order, as its address says. */
import { libraryPath } from '../dashboard/route';
import { LONGEST_SEARCH } from '../layouts/listing';
import { type LibraryQuestion, SCOPES, type Scope, SORTS } from './library-calls';

/** `search`: of the address. What it cannot mean is all, the last changed first. */
export function questionIn(search: string): LibraryQuestion {
  const asked = new URLSearchParams(search);
  return {
    scope: SCOPES.find((one) => one === asked.get('scope')) ?? 'all',
    q: (asked.get('q') ?? '').slice(0, LONGEST_SEARCH),
    sort: SORTS.find((one) => one === asked.get('sort')) ?? 'changed',
  };
}

export function addressOf({ scope, q, sort }: LibraryQuestion): string {
  const asked = new URLSearchParams({
    ...(scope === 'all' ? {} : { scope }),
    ...(q.trim() === '' ? {} : { q: q.trim() }),
    ...(sort === 'changed' ? {} : { sort }),
  });
  return asked.size === 0 ? libraryPath() : `${libraryPath()}?${asked}`;
}

/** The others have an order of their own, whatever is asked for. */
export const canSort = (scope: Scope): boolean => scope !== 'recent' && scope !== 'bin';
