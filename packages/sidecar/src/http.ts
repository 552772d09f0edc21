/** Small JSON calls without `fetch`, whose machinery would be a third of this process's memory, and with an authority of one's own. */
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Call {
  url: string;
  method?: 'GET' | 'PUT' | 'DELETE' | 'POST';
  /** File with a bearer token, read at each call. */
  tokenFile?: string;
  /** PEM file of the authority behind the certificate. */
  caFile?: string | null;
  body?: unknown;
  /** Milliseconds until it has failed. */
  timeout?: number;
}

export interface Answer {
  status: number;
  /** Seconds that the server asks to wait; null when it does not. */
  retryAfter: number | null;
  text: string;
}

const largest = 16 * 1024 * 1024;

/** Rejects when there is no answer: refused, timed out, cut. */
export async function call({ url, method = 'GET', tokenFile, caFile, body, timeout = 5000 }: Call): Promise<Answer> {
  const token = tokenFile === undefined ? undefined : (await readFile(tokenFile, 'utf8')).trim();
  const ca = caFile && url.startsWith('https:') ? { ca: await readFile(caFile) } : {};
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const headers = {
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const request = send(url, { method, headers, signal: AbortSignal.timeout(timeout), ...ca }, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > largest) answer.destroy(new Error('the answer is too large'));
        else chunks.push(chunk);
      });
      answer.once('error', reject);
      answer.once('end', () => {
        const retryAfter = Number(answer.headers['retry-after']);
        resolve({
          status: answer.statusCode ?? 0,
          retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.once('error', reject);
    request.end(text);
  });
}

/** Why there was no answer, in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  return (error as NodeJS.ErrnoException).code ?? error.message;
}
