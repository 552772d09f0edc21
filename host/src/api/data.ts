/** Data of the edge's sources, read with one's own rights. */
import { ApiProblem, unreachable } from './problem';

export interface DataSource {
  source: string;
  tables: string[];
  /** Ids of those whose people may read it; `*`: everybody. */
  departments: string[];
}

/** Milliseconds; behind it is a file, or an upstream that the edge gives up after 10 s. */
const TIMEOUT_MS = 15_000;

/** Several ask for the same at the same time, such as settings for the columns of one table. */
const underWay = new Map<string, Promise<unknown>>();

/** `path`: behind `/data/`. Throws ApiProblem. */
export function readData(path: string): Promise<unknown> {
  const asked = underWay.get(path) ?? read(path).finally(() => underWay.delete(path));
  underWay.set(path, asked);
  return asked;
}

/** Those that one may read. Throws ApiProblem. */
export const readDataSources = async (): Promise<readonly DataSource[]> => ((await readData('')) as { items?: DataSource[] }).items ?? [];

async function read(path: string): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/data/${path}`, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw unreachable(cause);
  }
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiProblem({ status: response.status, ...(body as object) });
  return body;
}
