/** The request's body as one buffer, bounded while it arrives. */
import type { IncomingMessage } from 'node:http';
import { limits } from './limits';
import { malformed, tooLarge } from './refusal';

/** How much of a body that is too large is read and thrown away, so that the client gets to read the answer, bytes. */
const politeness = 64 * 1024 * 1024;

export async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let cut = false;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= limits.compressed) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > politeness) {
        cut = true;
        break;
      }
    }
  } catch {
    throw malformed('The upload ended before it was complete');
  }
  if (cut || bytes > limits.compressed) throw tooLarge(`A tarball may have at most ${limits.compressed / 1024 / 1024} MB as sent`);
  return Buffer.concat(chunks, bytes);
}
