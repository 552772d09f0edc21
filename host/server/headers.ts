import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** Belong to one connection, not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
];

/** What a caller could say about itself or its way here: only the edge may. */
const CLAIMED =
  /^(x-forwarded-.*|forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-original-.*|x-rewrite-.*|x-user.*|x-auth.*|x-remote-.*|x-identity.*|x-roles.*|x-http-method.*|x-method-override)$/;

/** What a service says about itself, or what only the edge decides. */
const NOT_PASSED_BACK = ['server', 'x-powered-by', 'x-request-id', 'service-worker-allowed', 'alt-svc', 'strict-transport-security'];

export interface Caller {
  requestId: string;
  publicUrl: URL;
  /** Where it comes from. */
  address: string;
  /** What the service is to believe: the caller's own credentials where those speak for themselves, else the session's JWT. */
  authorization: string | undefined;
  /** Sign-in itself needs the cookie; nothing else does. */
  keepCookie: boolean;
}

export function requestHeaders(request: IncomingMessage, caller: Caller): OutgoingHttpHeaders {
  const headers = without(request.headers, [
    ...HOP_BY_HOP,
    ...namedBy(request.headers.connection),
    'host',
    'authorization',
    'x-request-id',
  ]);
  for (const name of Object.keys(headers)) if (CLAIMED.test(name)) delete headers[name];
  if (!caller.keepCookie) delete headers['cookie'];
  if (caller.authorization !== undefined) headers['authorization'] = caller.authorization;
  return {
    ...headers,
    host: caller.publicUrl.host,
    'x-request-id': caller.requestId,
    'x-forwarded-for': caller.address,
    'x-forwarded-proto': caller.publicUrl.protocol.slice(0, -1),
    'x-forwarded-host': caller.publicUrl.host,
  };
}

export function responseHeaders(given: IncomingHttpHeaders, keepCookie: boolean): OutgoingHttpHeaders {
  const headers = without(given, [...HOP_BY_HOP, ...namedBy(given.connection), ...NOT_PASSED_BACK]);
  if (!keepCookie) delete headers['set-cookie'];
  headers['x-content-type-options'] ??= 'nosniff';
  return headers;
}

function without(headers: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  const result: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !names.includes(name)) result[name] = value;
  return result;
}

/** Headers that `Connection` names are hop-by-hop as well. */
const namedBy = (connection: string | undefined): string[] => (connection ?? '').split(',').map((name) => name.trim().toLowerCase());
