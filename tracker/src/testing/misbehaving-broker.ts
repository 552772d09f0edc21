/** A real HTTP server that answers as a test says, for what a Pinot that works never does. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BrokerRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  /** Of a POST. */
  body: { sql?: string; queryOptions?: string };
}

export interface Broker {
  address: string;
  requests: BrokerRequest[];
  close(): Promise<void>;
}

export async function startBroker(answer: (response: ServerResponse, request: BrokerRequest) => void): Promise<Broker> {
  const requests: BrokerRequest[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const each = {
        method: String(request.method),
        url: String(request.url),
        headers: request.headers,
        body: text ? JSON.parse(text) : {},
      };
      requests.push(each);
      answer(response, each);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** An answer as Pinot writes it; `more` takes the place of single fields, undefined leaves them out. */
export function answerOf(rows: unknown[][] | null, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ...(rows && { resultTable: { dataSchema: { columnNames: [], columnDataTypes: [] }, rows } }),
    exceptions: [],
    numServersQueried: 1,
    numServersResponded: 1,
    numGroupsLimitReached: false,
    ...more,
  });
}
