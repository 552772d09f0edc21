/** Answers in the place of the services: the examples of the API's documents. */
import registry from '@datamesh/contracts/registry.openapi.yaml';
import tracker from '@datamesh/contracts/tracker.openapi.yaml';
import { parse } from 'yaml';
import type { Answers } from './states';

interface Content {
  examples?: Record<string, { $ref: string }>;
}
interface Operation {
  responses: Record<string, { content?: Record<string, Content> }>;
}
interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { examples: Record<string, { value: unknown }> };
}

const documents = [registry, tracker].map((text): Document => parse(text));

/** The first success of each operation; undefined: it has no body. */
const operations = documents.flatMap(({ servers: [server], paths, components }) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) => {
      const status = Object.keys(responses ?? {}).find((one) => /^2/.test(one));
      if (status === undefined) return [];
      const [example] = Object.values(responses[status]?.content?.['application/json']?.examples ?? {});
      return [
        {
          method: method.toUpperCase(),
          address: new RegExp(`^${server?.url}${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
          status: Number(status),
          value: example && components.examples[example.$ref.split('/').at(-1) ?? '']?.value,
        },
      ];
    }),
  ),
);

const emptied = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'items' in value ? { ...value, items: [], next: null } : value;

const PROBLEM = {
  status: 500,
  code: 'internal',
  title: 'Something went wrong here',
  detail: 'This is what the server said of it.',
  requestId: 'b1f3a0c2-77',
};

/** From now on the APIs answer so; what is no part of them is asked for as before. */
export function answerWith(answers: Answers): void {
  const elsewhere = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const operation = operations.find(({ method, address }) => method === request.method && address.test(pathname));
    if (!operation) return elsewhere(input, init);
    if (answers === 'late')
      return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)));
    if (answers === 'refused') return Response.json(PROBLEM, { status: PROBLEM.status });
    const { status, value } = operation;
    if (value === undefined) return new Response(null, { status });
    return Response.json(answers === 'nothing' ? emptied(value) : value, { status });
  };
}

/** Of an operation's example. */
export function exampleOf(name: string): unknown {
  return documents.map(({ components }) => components.examples[name]?.value).find((value) => value !== undefined);
}
