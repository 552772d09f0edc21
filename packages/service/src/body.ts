/** Request bodies: read whole or refused, bounded in bytes and in time. What a refused one still sends is rest.ts's. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mediaTypeOf } from './media-type';

export interface BodyLimits {
  /** Bytes. */
  most: number;
  /** Milliseconds until the last byte must be there: whoever sends a byte now and then holds nothing up for longer. */
  within: number;
}

/** Why a body is not taken, as a problem: status, stable code, and what to do in the message. */
export class BodyRefused extends Error {
  constructor(
    readonly status: 400 | 408 | 413 | 415,
    readonly code: 'body_incomplete' | 'body_too_slow' | 'body_too_large' | 'json_malformed' | 'media_type_unsupported',
    message: string,
  ) {
    super(message);
    this.name = 'BodyRefused';
  }
}

const tooLarge = ({ most }: BodyLimits): BodyRefused =>
  new BodyRefused(413, 'body_too_large', `A body may have at most ${most} bytes here; send less`);

/**
 * The whole body. Rejects with a BodyRefused as soon as it is clear that it will not be one: the answer need not wait for the rest. The
 * request itself is left alone then, as destroying it would take the answer along.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limits.most) return reject(tooLarge(limits));
    const chunks: Buffer[] = [];
    let bytes = 0;
    const over = (then: () => void) => () => {
      clearTimeout(deadline);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      request.pause();
      then();
    };
    const refuse = (error: BodyRefused): void => over(() => reject(error))();
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > limits.most) refuse(tooLarge(limits));
      else chunks.push(chunk);
    };
    const onEnd = over(() => resolve(Buffer.concat(chunks, bytes)));
    const onClose = (): void => refuse(new BodyRefused(400, 'body_incomplete', 'The body ended before it was complete; send it again'));
    const deadline = setTimeout(
      () => refuse(new BodyRefused(408, 'body_too_slow', `A body must be here within ${limits.within / 1000} seconds; send it again`)),
      limits.within,
    );
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

type Next = (error?: unknown) => void;
type Parsed = IncomingMessage & { body?: unknown };

/** What may follow a media type: UTF-8, or nothing. Part by part: a pattern for all of it tries its blanks in every combination. */
const isUtf8 = (parameters: string): boolean =>
  parameters.split(';').every((one) => one.trim() === '' || /^charset *= *"?utf-?8"?$/i.test(one.trim()));

/** `request.body` from a JSON body; without one it stays as it is. Any other media type is the next handler's. */
export const jsonBody = (limits: BodyLimits) => parsedBody('application/json', limits, (text) => (text === '' ? {} : JSON.parse(text)));

/** `request.body` from a form; of fields of one name the last counts. */
export const formBody = (limits: BodyLimits) =>
  parsedBody('application/x-www-form-urlencoded', limits, (text) => Object.fromEntries(new URLSearchParams(text)));

function parsedBody(type: string, limits: BodyLimits, parse: (text: string) => unknown) {
  return (request: Parsed, _response: ServerResponse, next: Next): void => {
    readParsed(request, type, limits, parse).then(() => next(), next);
  };
}

async function readParsed(request: Parsed, type: string, limits: BodyLimits, parse: (text: string) => unknown): Promise<void> {
  const { headers } = request;
  const given = headers['content-type']?.trim() ?? '';
  const none = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
  if (none || mediaTypeOf(headers) !== type) return;
  if (!isUtf8(given.slice(type.length)) || (headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new BodyRefused(415, 'media_type_unsupported', 'Send the body as UTF-8 and not compressed');
  const body = await readBody(request, limits);
  try {
    request.body = parse(body.toString('utf8'));
  } catch (error) {
    throw new BodyRefused(400, 'json_malformed', `The body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** For handlers that read bodies by themselves, without a deadline: answers with `refuse` when the body is not there in time. */
export function bodyWithin(milliseconds: number, refuse: (error: BodyRefused, response: ServerResponse) => void) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const deadline = setTimeout(() => {
      if (request.complete || response.headersSent) return;
      refuse(new BodyRefused(408, 'body_too_slow', `A body must be here within ${milliseconds / 1000} seconds; send it again`), response);
    }, milliseconds);
    response.once('close', () => clearTimeout(deadline));
    next();
  };
}
