/** Reading JSON from the dashboard's own origin, with errors a widget can tell apart and show. */

/** `code` is the service's problem code, or `unreachable`, `unreadable`, `source_invalid`, `http_<status>`. */
export class DataError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number | null = null,
    readonly requestId: string | null = null,
  ) {
    super(message);
    this.name = 'DataError';
  }

  /** Worth asking again; everything else would only fail the same way. */
  get isTemporary(): boolean {
    return this.code === 'unreachable' || this.status === 429 || (this.status !== null && this.status >= 500);
  }
}

/** Milliseconds until a question is asked again that failed so often in a row: doubles from 1 s to 15 s, spread by chance. */
export const retryDelay = (failures: number, random: number): number => Math.min(15_000, 1000 * 2 ** failures) * (0.5 + random / 2);

/** Milliseconds after which nobody waits for a file of data any longer. */
const TIMEOUT_MS = 20_000;

/** GET /data/{path}, for instance `markets/instruments.json`. Rejects with DataError (`unreachable` also after 20 s), or the signal's reason when aborted. */
export async function fetchData<T>(path: string, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return fetchJson<T>(dataUrl(path), signal ? AbortSignal.any([signal, timeout]) : timeout);
}

/** Where a data path is served. Paths come from settings, so one that leads out of /data is refused. */
export function dataUrl(path: string): string {
  const clean = path.replace(/^\/+/, '');
  const steps = clean.split('/');
  if (clean === '' || steps.some((step) => step === '' || step === '.' || step === '..') || /[\\?#%]/.test(clean)) {
    throw new DataError('source_invalid', `“${path}” is not a data source: expected something like markets/instruments.json`);
  }
  return `/data/${steps.map(encodeURIComponent).join('/')}`;
}

export async function fetchJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await reach(url, signal);
  if (!response.ok) throw await problemOf(response);
  try {
    return (await response.json()) as T;
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new DataError('unreadable', 'The answer was not JSON', response.status, requestIdOf(response));
  }
}

export const isAbort = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'AbortError';

async function reach(url: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers: { accept: 'application/json' }, signal: signal ?? null });
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new DataError('unreachable', 'The server could not be reached');
  }
}

async function problemOf(response: Response): Promise<DataError> {
  const requestId = requestIdOf(response);
  const fallback = new DataError(`http_${response.status}`, `The server answered ${response.status}`, response.status, requestId);
  if (!/json/.test(response.headers.get('content-type') ?? '')) return fallback;
  try {
    const { code, title, detail } = (await response.json()) as Record<string, unknown>;
    if (typeof code !== 'string') return fallback;
    return new DataError(code, String(detail ?? title ?? code), response.status, requestId);
  } catch {
    return fallback; // a problem that is not whole still has its status
  }
}

const requestIdOf = (response: Response): string | null => response.headers.get('x-request-id');
