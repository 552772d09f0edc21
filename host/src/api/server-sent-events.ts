export interface ServerSentEvent {
  id: string | null;
  /** `message` where the server names none. */
  type: string;
  data: string;
}

/**
 * Reads a text/event-stream. `fetch` and not EventSource: a refusal (401) is then visible, heartbeat comments count as life, and
 * resuming is in our hands. Throws when nothing, not even a comment, came for `silence` milliseconds.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>, silence: number): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let id: string | null = null;
  let type = 'message';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), silence);
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const lines = text.split(/\r\n|\n|\r/);
      text = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { id, type, data: data.join('\n') };
          type = 'message';
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        const field = colon === -1 ? line : line.slice(0, colon);
        const content = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'id') id = content;
        else if (field === 'event') type = content;
        else if (field === 'data') data.push(content);
      }
    }
  } finally {
    // Leaving early means that nobody wants the rest; that it may already be closed is of no interest.
    void reader.cancel().catch(() => undefined);
  }
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the stream was silent for ${milliseconds} ms`)), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
