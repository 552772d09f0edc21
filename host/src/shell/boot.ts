import { keepAsking, type Outage } from '../api/keepAsking';
import { pause } from '../api/pause';
import { ApiProblem, asProblem } from '../api/problem';
import { missingSupport } from '../remotes/support';
import { Desk } from './desk';
import { loadFirst } from './loading';

export type Phase =
  | { kind: 'starting' }
  | { kind: 'waiting'; outage: Outage }
  | { kind: 'unsupported'; missing: string[] }
  | { kind: 'signed-out' }
  | { kind: 'failed'; problem: ApiProblem }
  | { kind: 'ready'; desk: Desk };

/** From an empty page to the dashboard, step by step. Each step ends the way when it cannot go on. `language`: from then on it is spoken. */
export async function boot(path: string, language: Promise<void>, render: (phase: Phase) => void): Promise<void> {
  const showSkeleton = (): void => render({ kind: 'starting' });
  const checkSupport = async (): Promise<string[]> => missingSupport();
  const unsupported = new AbortController();
  const load = (): ReturnType<typeof loadFirst> =>
    keepAsking(
      () => loadFirst(path),
      (outage) => unsupported.signal.aborted || render({ kind: 'waiting', outage }),
      { wait: pause, random: Math.random },
      unsupported.signal,
    );
  const open = ({ session, place }: Awaited<ReturnType<typeof load>>): Desk => new Desk(session, place);

  try {
    // The questions about the browser, the language and the one to the server travel together: nobody waits for all in turn.
    const loading = load();
    loading.catch(() => undefined);
    await language;
    showSkeleton();
    const missing = await checkSupport();
    if (missing.length > 0) {
      unsupported.abort();
      return render({ kind: 'unsupported', missing });
    }
    render({ kind: 'ready', desk: open(await loading) });
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) console.error(cause);
    const problem = asProblem(cause);
    render(problem.status === 401 ? { kind: 'signed-out' } : { kind: 'failed', problem });
  }
}
