/**
 * The workbench: one widget on a page of its own, served as the dashboard serves its page, with the same policies and the same code.
 * On this machine alone, and for whoever asks by its own name.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as jsonOf } from 'node:stream/consumers';
import type { Resolution } from '@datamesh/contracts';
import { describeVersion, entryFile, extensionOf, fileTypes } from '@datamesh/publishing';
import { createPage } from '../../../../host/server/page';
import { inert, pageHeaders, WORKER, workerHeaders } from '../../../../host/server/policy';
import type { MountReport } from '../../../../host/src/workbench/exercise';
import type { Packed } from '../pack';
import { CliError } from '../problem';
import { readPageFiles } from './page-files';

export type { MountReport };

export interface WorkbenchServer {
  url: string;
  /** Of the next page that was opened with `?check`. */
  report: Promise<MountReport>;
  /** Another build: open pages load it. */
  show(packed: Packed): void;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  packed: Packed;
  /** Where the workbench's own page was built. */
  page: string;
  /** 0: any that is free. */
  port: number;
}

export async function startWorkbench({ packed, page, port }: WorkbenchOptions): Promise<WorkbenchServer> {
  const assets = await readPageFiles(page);
  const html = createPage(assets);
  const watching = new Set<ServerResponse>();
  let shown = served(packed, 0);
  let builds = 0;
  let tell: (report: MountReport) => void = () => undefined;
  const report = new Promise<MountReport>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    // A page elsewhere that points a name of its own at this machine finds nothing.
    if (!/^localhost(:\d+)?$/.test(request.headers.host ?? '')) return answer(response, 421, 'Ask for localhost');
    if (path === '/') return sendPage(response, html, urlOf(server));
    if (path === '/workbench/widget') return answer(response, 200, JSON.stringify(shown.resolution), 'application/json');
    if (path === '/workbench/events') return follow(request, response, watching, shown);
    if (path === '/workbench/report' && request.method === 'POST')
      return void jsonOf(request).then(
        (body) => {
          answer(response, 200, '{}', 'application/json');
          tell(body as MountReport);
        },
        () => answer(response, 400, 'no JSON'),
      );
    if (path === WORKER) return void response.writeHead(200, workerHeaders).end(assets.worker);
    // Of the widget's workers: what is published is what is shown.
    if (path === '/api/v1/resolve') return answer(response, 200, JSON.stringify({ items: [shown.resolution] }), 'application/json');
    const file = path.startsWith('/assets/') ? assets.files.get(path.slice('/assets/'.length)) : shown.files.get(path);
    if (!file)
      return answer(
        response,
        404,
        JSON.stringify({ code: 'not_found', detail: `The workbench has nothing at ${path}` }),
        'application/problem+json',
      );
    response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store', ...inert });
    response.end(file.bytes);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve)).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new CliError('port_taken', `port ${port} of this machine cannot be had (${code}): name another one with --port`);
  });
  return {
    url: urlOf(server),
    report,
    show(next) {
      shown = served(next, ++builds);
      for (const page of watching) page.write(eventOf(shown));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const urlOf = (server: Server): string => `http://localhost:${(server.address() as AddressInfo).port}/`;

interface Served {
  resolution: Resolution;
  /** By address. */
  files: Map<string, { bytes: Uint8Array; type: string }>;
}

/** As the registry resolves and serves a version. Each build has an address of its own: browsers keep modules by that. */
function served({ name, version, manifest, files }: Packed, build: number): Served {
  const base = `/remotes/${name}/${version}${build > 0 ? `-build.${build}` : ''}/`;
  const { files: described } = describeVersion(new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes)])));
  const integrity = Object.fromEntries(described.map(({ path, integrity }) => [path, integrity]));
  const type = (path: string): string => fileTypes[extensionOf(path)] ?? 'application/octet-stream';
  return {
    resolution: {
      spec: `${name}@${version}`,
      name,
      version,
      base,
      entry: entryFile,
      expose: manifest.expose,
      widget: manifest,
      integrity,
      notices: [],
    },
    files: new Map(files.map(({ path, bytes }) => [base + path, { bytes, type: type(path) }])),
  };
}

function sendPage(response: ServerResponse, html: ReturnType<typeof createPage>, url: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, pageHeaders(nonce, new URL(url)));
  response.end(html(nonce, { language: 'en' }, null));
}

/** Which build is shown. Said to whoever comes as well: it may have fetched the one before. */
const eventOf = ({ resolution }: Served): string => `event: shown\ndata: ${resolution.base}\n\n`;

function follow(request: IncomingMessage, response: ServerResponse, watching: Set<ServerResponse>, shown: Served): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(eventOf(shown));
  watching.add(response);
  request.once('close', () => watching.delete(response));
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...inert });
  response.end(text);
}
