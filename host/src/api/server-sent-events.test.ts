import { describe, expect, it } from 'vitest';
import { readEvents, type ServerSentEvent } from './server-sent-events';

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
}

async function all(body: ReadableStream<Uint8Array>): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(body, 1_000)) events.push(event);
  return events;
}

describe('readEvents', () => {
  it('reads events however the network cuts them, and skips comments', async () => {
    expect(await all(streamOf(': hello\n\nid: 4\nda', 'ta: {"a":1}\n', '\nid: 5\r\ndata: x\r\ndata: y\r\n\r\n'))).toEqual([
      { id: '4', type: 'message', data: '{"a":1}' },
      { id: '5', type: 'message', data: 'x\ny' },
    ]);
  });

  it('tells what kind of event it is, each time anew', async () => {
    expect(await all(streamOf('event: reset\nid: 3\ndata: {}\n\nid: 4\ndata: {}\n\n'))).toEqual([
      { id: '3', type: 'reset', data: '{}' },
      { id: '4', type: 'message', data: '{}' },
    ]);
  });

  it('gives up on a stream that has gone silent', async () => {
    const silent = new ReadableStream<Uint8Array>({});
    await expect(readEvents(silent, 10).next()).rejects.toThrow('silent');
  });
});
