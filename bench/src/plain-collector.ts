/**
 * What plain Node takes, for the tracker to be measured beside: a server that does nothing with a pixel but write it down and acknowledge it, with
 * the spool's own group commit (one durable write of zeros that were there before, for all that wait). Run by Node as it stands.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

const SEGMENT = 16 * 1024 * 1024;
const GIF = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
const { PORT, DATA_DIR = '.' } = process.env;
const DSYNC = process.platform === 'linux' ? constants.O_DSYNC : 0;

await mkdir(DATA_DIR, { recursive: true });
const file = await open(join(DATA_DIR, 'log'), constants.O_RDWR | constants.O_CREAT | DSYNC, 0o600);
await file.write(Buffer.alloc(SEGMENT), 0, SEGMENT, 0);

let waiting: { line: string; done(): void }[] = [];
let committing = false;
let at = 0;

async function commit(): Promise<void> {
  committing = true;
  while (waiting.length > 0) {
    await new Promise(setImmediate);
    const group = waiting;
    waiting = [];
    const bytes = Buffer.from(group.map(({ line }) => line).join(''));
    if (at + bytes.length > SEGMENT) at = 0;
    await file.write(bytes, 0, bytes.length, at);
    if (DSYNC === 0) await file.datasync();
    at += bytes.length;
    for (const { done } of group) done();
  }
  committing = false;
}

createServer((request, response) => {
  const [path, query] = (request.url ?? '').split('?', 2);
  if (path === '/healthz') {
    response.end();
    return;
  }
  const event = {
    id: randomUUID(),
    ts: Date.now(),
    ...Object.fromEntries(new URLSearchParams(query)),
    userAgent: request.headers['user-agent'],
  };
  waiting.push({
    line: `${JSON.stringify(event)}\n`,
    done: () => response.writeHead(200, { 'content-type': 'image/gif', 'content-length': GIF.length }).end(GIF),
  });
  if (!committing) void commit();
}).listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
