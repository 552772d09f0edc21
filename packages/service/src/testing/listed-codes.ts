/** Holds what services of this process answer to the contract: a problem's code has to be among those that its operation lists. */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** By method and path as the contract spells them: `GET /tokens/{id}`. */
type Lists = Readonly<Record<string, readonly string[]>>;

interface Api {
  base: string;
  operations: { method: string; pattern: RegExp; name: string; codes: readonly string[] }[];
  unlisted: Set<string>;
}

const apis = new Map<string, Api>();

/** Of the API at `base`. Returns what says, and forgets, which answers had a code that is not listed. */
export function watchCodes(base: string, lists: Lists): () => string[] {
  if (apis.size === 0) subscribe('http.server.request.start', watch);
  const api: Api = apis.get(base) ?? { base, operations: Object.entries(lists).map(operationOf), unlisted: new Set() };
  apis.set(base, api);
  return () => {
    const found = [...api.unlisted];
    api.unlisted.clear();
    return found;
  };
}

function operationOf([name, codes]: [string, readonly string[]]): Api['operations'][number] {
  const [method = '', path = ''] = name.split(' ');
  const pattern = path.replace(/[.*+?^$()[\]\\|]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return { method, pattern: new RegExp(`^${pattern}/?$`), name, codes };
}

function watch(message: unknown): void {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const [path = ''] = (request.url ?? '').split('?', 1);
  for (const { base, operations, unlisted } of apis.values()) {
    if (!path.startsWith(`${base}/`)) continue;
    const asked = operations.find(({ method, pattern }) => method === request.method && pattern.test(path.slice(base.length)));
    if (asked)
      lookAt(response, (code) => asked.codes.includes(code) || unlisted.add(`${asked.name} answered ${response.statusCode} ${code}`));
  }
}

/** Problems are said at once, as the last thing. */
function lookAt(response: ServerResponse, seen: (code: string) => void): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.end = ((...given: unknown[]) => {
    const [last] = given;
    if (response.statusCode >= 400 && (typeof last === 'string' || Buffer.isBuffer(last))) {
      const code = codeIn(last.toString());
      if (code !== null) seen(code);
    }
    return end(...given);
  }) as typeof response.end;
}

function codeIn(body: string): string | null {
  try {
    const { type, code } = JSON.parse(body) as { type?: unknown; code?: unknown };
    return typeof type === 'string' && typeof code === 'string' ? code : null;
  } catch {
    return null; // no problem+json: a page
  }
}
