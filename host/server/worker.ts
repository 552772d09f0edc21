import type { RequestHandler } from 'express';
import { workerHeaders } from './policy';

type Files = Map<string, { bytes: Buffer }>;

/** Taken out of the files of a build. */
export function takeWorker(files: Files): Buffer {
  const worker = take(files, /^worker\.[^/]*\.mjs$/);
  if (!worker) throw new Error("the dashboard's build is not whole: worker.*.mjs is missing. Build it again.");
  return worker;
}

/** The same of the service worker, which not every build has: outage-worker.ts. */
export const takeOutageWorker = (files: Files): Buffer | null => take(files, /^outage-worker\.[^/]*\.mjs$/) ?? null;

function take(files: Files, pattern: RegExp): Buffer | undefined {
  const path = [...files.keys()].find((name) => pattern.test(name)) ?? '';
  const bytes = files.get(path)?.bytes;
  files.delete(path);
  return bytes;
}

/** As the page is: with a policy of its own, and kept nowhere between the edge and the browser. */
export function serveWorker(worker: Buffer): RequestHandler {
  return (request, response) => {
    response.set({ ...workerHeaders, 'content-length': String(worker.length) });
    response.end(request.method === 'HEAD' ? undefined : worker);
  };
}
