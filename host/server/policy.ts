/**
 * What the page may do. Each part was needed: without the import map's nonce files load unchecked, without Integrity-Policy a file
 * that no map names does, with 'self' in style-src a tampered style sheet applies.
 */

/** Where the beginning of a widget's worker is served, exactly as the page is: by the edge, kept by no cache. */
export const WORKER = '/worker';

/** Where the one service worker is served (outage-worker.ts). */
export const OUTAGE_WORKER = '/outage-worker';

/** `nonce`: of this answer's import map alone; the page takes it out before any widget runs. `origin`: the one the page has. */
export function contentSecurityPolicy(nonce: string, origin: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    // What a widget writes it could have adopted as a sheet. Files of style sheets have no hash in the page: only the host's own.
    `style-src 'unsafe-inline' ${origin}/assets/`,
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "connect-src 'self' data: blob:",
    "font-src 'self' data:",
    // The beginning of every worker (host/src/worker/start.ts), which checks what it runs, and the edge's own service worker; no other one
    // and no shared worker, which could outlive the page: those are refused by the edge.
    `worker-src ${origin}${WORKER} ${origin}${OUTAGE_WORKER}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    // Made once each by the page before any widget runs (host/src/remotes/trusted-types.ts): then there are no others.
    'trusted-types host-import-map widget-html default',
    "require-trusted-types-for 'script'",
  ].join('; ');
}

export function pageHeaders(nonce: string, { origin, protocol }: URL): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy(nonce, origin),
    'integrity-policy': 'blocked-destinations=(script)',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    // The screen for a picture of a layout, which the browser asks a person for (host/src/dashboard/picture). With that Chromium asks itself whether a
    // camera might be moved, whatever is captured, and writes into the console that this document may not: the camera stays closed to widgets all the same.
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), hid=(), display-capture=(self)',
    // The next page then begins in the reader's theme even before the cookie says one.
    'accept-ch': 'Sec-CH-Prefers-Color-Scheme',
    ...(protocol === 'https:' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/**
 * The widget's script is text whose hash was compared, and becomes a script by the one policy that there is; nothing else does:
 * no address is a source of scripts, and text without the policy is none.
 */
export const workerHeaders = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'unsafe-eval'",
    "connect-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'none'",
    'trusted-types published-worker',
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** It asks this origin for the page and its files, and nothing can be run in it but itself. */
export const outageWorkerHeaders = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "connect-src 'self'",
    "worker-src 'none'",
    "trusted-types 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** For answers that must never become a document on this origin, whatever bytes they hold. */
export const inert = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};
