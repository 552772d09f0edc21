/** A broker's answer judged: rows, what is missing of them, or an error. */
import type { Missing } from '@datamesh/contracts';
import { STORE_PARTIAL, silentServers, storeError } from '../missing';
import { PinotError } from './errors';
import type { Cell } from './lossless';

export interface Answer {
  rows: Cell[][];
  /** Groups were left out because there were too many. */
  groupsLeftOut: boolean;
  /** What else is missing. */
  missing: Missing[];
}

interface Exception {
  errorCode: number;
  message: string;
}

/** Codes of QueryException (0.11) and QueryErrorCode (1.5). */
const LATE = new Set([170, 240, 250, 400]);
const BUSY = new Set([210, 211, 230, 235, 245, 305, 350, 410, 420, 425, 427, 429, 503, 510, 550]);

export function judge(answer: Readonly<Record<string, unknown>>): Answer {
  const exceptions = exceptionsOf(answer['exceptions']);
  const queried = count(answer['numServersQueried']);
  const responded = count(answer['numServersResponded']);
  const rows = rowsOf(answer['resultTable']);
  // Rows of nothing at all, such as a count of 0, would look like the truth.
  const nobody = queried > 0 && responded === 0;
  if (exceptions.length > 0 && (rows === null || nobody)) throw errorOf(exceptions);
  if (nobody) throw new PinotError('pinot_busy', `none of ${queried} servers responded`);
  // A table without data yet has no servers, and an answer without rows.
  if (rows === null && queried > 0) throw new PinotError('pinot_bad_answer', `no rows: ${Object.keys(answer).join()}`);
  const groupsLeftOut = answer['numGroupsLimitReached'] === true || answer['groupsTrimmed'] === true;
  const missing: Missing[] = [];
  if (responded < queried) missing.push(silentServers(queried - responded, queried));
  if (exceptions.length > 0) missing.push(storeError([...new Set(exceptions.map(nameOf))].join(', ')));
  if (answer['partialResult'] === true && missing.length === 0 && !groupsLeftOut) missing.push(STORE_PARTIAL);
  return { rows: rows ?? [], groupsLeftOut, missing };
}

function errorOf(exceptions: readonly Exception[]): PinotError {
  const said = exceptions.map(({ errorCode, message }) => `${errorCode} ${message}`).join('\n');
  if (exceptions.some(({ errorCode }) => LATE.has(errorCode))) return new PinotError('query_timeout', said);
  return new PinotError(exceptions.some(({ errorCode }) => BUSY.has(errorCode)) ? 'pinot_busy' : 'pinot_query_failed', said);
}

/** `BrokerTimeoutError` of `BrokerTimeoutError:\norg.apache.pinot…`: the rest is for Pinot's developers. */
const nameOf = ({ errorCode, message }: Exception): string => `${/^[A-Za-z]+(?=:|$)/.exec(message)?.[0] ?? 'error'} (${errorCode})`;

function exceptionsOf(value: unknown): Exception[] {
  if (!Array.isArray(value)) return [];
  return value.map((each: { errorCode?: unknown; message?: unknown } | null) => ({
    errorCode: count(each?.errorCode),
    message: String(each?.message ?? ''),
  }));
}

function rowsOf(table: unknown): Cell[][] | null {
  if (table === null || typeof table !== 'object' || !('rows' in table) || !Array.isArray(table.rows)) return null;
  return table.rows as Cell[][];
}

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
