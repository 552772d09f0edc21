import { type RateLimit, RateLimiter } from '@datamesh/service';
import type { Request, RequestHandler, Response } from 'express';
import { encodedFor } from '../compression';
import { inert } from '../policy';
import { sendProblem } from '../problem';
import type { Person, Sessions } from '../session';
import type { SourceConfig } from './config';
import { Folder } from './folder';
import { readUpstream } from './upstream';

export interface DataOptions {
  sources: ReadonlyMap<string, SourceConfig>;
  sessions: Sessions;
  /** Of one person. */
  reads: RateLimit;
}

interface Reader {
  source: SourceConfig;
  read(path: string, request: Request, response: Response): Promise<void>;
  /** What can be offered without knowing a path; nothing where only the upstream knows. */
  tables(): Promise<string[]>;
}

/** GET /data/{source}/{path}: for people of the source's departments; which sources there are, and whose, is the administrator's decision. */
export function serveData({ sources, sessions, reads }: DataOptions): RequestHandler {
  const limiter = new RateLimiter('data', reads);
  const readers = new Map([...sources].map(([name, source]) => [name, readerOf(name, source)]));
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('allow', 'GET, HEAD');
      return sendProblem(response, 'method_not_allowed', 'Data is read only: use GET.');
    }
    const session = await sessions.exchange(request.headers.cookie, 'registry-api', String(response.locals['requestId']));
    if (session.kind === 'unavailable') {
      response.locals['upstreamError'] = session.cause;
      return sendProblem(
        response,
        'upstream_unavailable',
        'registry-api, which knows the sessions, does not answer. Try again in a moment.',
      );
    }
    if (session.kind === 'nobody') return sendProblem(response, 'session_unknown', 'Sign in to read data.');
    const wait = await limiter.spend(response, session.user);
    if (wait !== null)
      return sendProblem(response, 'rate_limited', `That is more data than one person may ask for in a minute; go on in ${wait} seconds.`);
    if (request.path === '/data/') {
      const readable = [...readers].filter(([, { source }]) => mayRead(session, source));
      return list(readable, response, request.method);
    }
    const [, , name = '', ...rest] = request.path.split('/');
    const reader = readers.get(name);
    if (!reader) return sendProblem(response, 'source_unknown', `No data source is called "${name}". An administrator configures them.`);
    if (!mayRead(session, reader.source))
      return sendProblem(
        response,
        'source_not_yours',
        `The data source "${name}" is for other departments. An administrator says for which (DATA_SOURCES).`,
      );
    await reader.read(rest.join('/'), request, response);
  };
}

const mayRead = ({ roles, departments }: Person, source: SourceConfig): boolean =>
  roles.includes('admin') || source.departments.some((one) => one === '*' || departments.includes(one));

/** GET /data/: the sources that one may read, each with its tables, for the pickers of a widget's settings, and with whose it is, for whoever shares a layout. */
async function list(readers: readonly (readonly [string, Reader])[], response: Response, method: string): Promise<void> {
  const items = await Promise.all(
    readers.map(async ([source, reader]) => ({ source, tables: await reader.tables(), departments: reader.source.departments })),
  );
  response.set({ ...inert, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'private, no-cache', vary: 'cookie' });
  response.end(method === 'HEAD' ? undefined : JSON.stringify({ items }));
}

function readerOf(name: string, source: SourceConfig): Reader {
  if (source.kind === 'upstream')
    return { source, read: (path, request, response) => readUpstream(name, source, path, request, response), tables: async () => [] };
  const folder = new Folder(source.folder);
  return { source, read: (path, request, response) => readFolder(name, folder, path, request, response), tables: () => folder.tables() };
}

async function readFolder(name: string, folder: Folder, path: string, request: Request, response: Response): Promise<void> {
  const file = await folder.read(path);
  if (!file) return sendProblem(response, 'data_not_found', `The data source "${name}" has no ${path || 'file without a name'}.`);
  response.set({
    ...inert,
    'content-type': 'application/json; charset=utf-8',
    // Kept by this browser alone, and asked about each time: a data set may be replaced at any moment.
    'cache-control': 'private, no-cache',
    etag: file.etag,
    'last-modified': file.modified.toUTCString(),
    vary: 'accept-encoding, cookie',
  });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const { body, headers } = encodedFor(request.headers['accept-encoding'], file);
  response.set(headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}
