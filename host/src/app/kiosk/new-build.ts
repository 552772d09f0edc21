/** A page that nobody ever reloads finds out by itself that the dashboard was updated. */

/** Between two looks; milliseconds. */
export const LOOK = 600_000;

const entriesOf = (page: string): string =>
  [...page.matchAll(/<script type="module" src="([^"]+)"/g)]
    .map(([, file]) => file)
    .sort()
    .join(' ');

/**
 * Whether the server serves another build than the one that runs: the names of the files that a page begins with carry hashes of
 * what is in them. `running`, `served`: pages, as HTML. An answer that is no page of ours says nothing.
 */
export function isAnotherBuild(running: string, served: string): boolean {
  const [here, there] = [entriesOf(running), entriesOf(served)];
  return there !== '' && here !== there;
}

/** Throws where nobody answers. */
export async function servedPage(): Promise<string> {
  const response = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-store', signal: AbortSignal.timeout(15_000) });
  return response.ok ? response.text() : '';
}
