/** The page as the edge would answer with it, for when the edge itself is away; about nobody, and the same for whoever asks. */
import { isGatewayStatus } from '../api/gateway';

/** What the edge writes before this worker's code: host/server/outage-worker.ts. */
export interface KeptPage {
  /** With `{nonce}` where one of this answer's own stands; in the headers as well. */
  html: string;
  headers: Record<string, string>;
  /** Patterns of paths at which the page is. */
  pages: readonly string[];
  /** What the page itself loads, with the hash of each. */
  files: readonly { address: string; integrity: string }[];
}

/** As browsers take it: https://w3c.github.io/ServiceWorker/#dictdef-routerrule */
export interface Route {
  condition: {
    urlPattern: { pathname: string };
    requestMethod?: 'GET';
    requestMode?: 'navigate';
    requestDestination?: 'document';
  };
  source: 'network' | 'race-network-and-fetch-handler';
}

/**
 * Whoever opens a page asks the edge at once, and the worker starts beside that: no load waits for it. Everything else, sign-in above all,
 * goes past the worker.
 */
export const routesOf = ({ pages }: KeptPage): Route[] => [
  ...pages.map(
    (pathname): Route => ({
      condition: { urlPattern: { pathname }, requestMethod: 'GET', requestMode: 'navigate', requestDestination: 'document' },
      source: 'race-network-and-fetch-handler',
    }),
  ),
  { condition: { urlPattern: { pathname: '*' } }, source: 'network' },
];

/** Whether somebody opens the page. */
export function opensPage({ pages }: KeptPage, { method, mode, destination, url }: Request, origin: string): boolean {
  if (method !== 'GET' || mode !== 'navigate' || destination !== 'document') return false;
  return pages.some((pathname) => new URLPattern({ pathname, baseURL: origin }).test(url));
}

/**
 * Whether nobody of the dashboard answers: what stands before the edge says that it is away. The edge's own pages have a policy, whatever
 * they say.
 */
export const isOfGateway = ({ status, headers }: Pick<Response, 'status' | 'headers'>): boolean =>
  isGatewayStatus(status) && !headers.has('content-security-policy');

/** `nonce`: of this answer alone, as the edge has one for each. */
export function answerOf({ html, headers }: KeptPage, nonce: string): { body: string; headers: Record<string, string> } {
  const own = (text: string): string => text.replaceAll('{nonce}', nonce);
  return { body: own(html), headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, own(value)])) };
}

/** Base64 of 16 bytes by chance. */
export const newNonce = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
