import type { RequestHandler } from 'express';
import { workerHeaders } from './policy';

/** Taken out of the files of a build. */
export function takeWorker(files: Map<string, { bytes: Buffer }>): Buffer {
  const path = [...files.keys()].find((name) => /^worker\.[^/]*\.mjs$/.test(name));
  const worker = path === undefined ? undefined : files.get(path)?.bytes;
  if (path === undefined || !worker) throw new Error("the dashboard's build is not whole: worker.*.mjs is missing. Build it again.");
  files.delete(path);
  return worker;
}

/** As the page is: with a policy of its own, and kept nowhere between the edge and the browser. */
export function serveWorker(worker: Buffer): RequestHandler {
  return (request, response) => {
    response.set({ ...workerHeaders, 'content-length': String(worker.length) });
    response.end(request.method === 'HEAD' ? undefined : worker);
  };
}
