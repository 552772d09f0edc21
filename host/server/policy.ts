/**
 * What the page may do. Each part was needed: without the import map's nonce files load unchecked, without Integrity-Policy a file
 * that no map names does, with 'self' in style-src a tampered style sheet applies.
 */

/** The host's own policy and those that Lit, Vue and Svelte create by themselves; two copies of one need 'allow-duplicates'. */
const KNOWN_POLICIES = ['host-import-map', 'lit-html', 'vue', 'svelte-trusted-html'];

/** Of one answer. The style's can be read by anything on the page; the script's is taken out of it before any widget runs. */
export interface Nonces {
  script: string;
  style: string;
}

export function contentSecurityPolicy({ script, style }: Nonces, trustedTypes: readonly string[]): string {
  const policies = [...new Set([...KNOWN_POLICIES, ...trustedTypes])].join(' ');
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${script}'`,
    `style-src 'nonce-${style}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    // Its bytes would be nobody's published version, and it could outlive the page.
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    `trusted-types ${policies} 'allow-duplicates'`,
    "require-trusted-types-for 'script'",
  ].join('; ');
}

export function pageHeaders(nonces: Nonces, trustedTypes: readonly string[], secure: boolean): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy(nonces, trustedTypes),
    'integrity-policy': 'blocked-destinations=(script)',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), hid=(), display-capture=()',
    // The next page then begins in the reader's theme even before the cookie says one.
    'accept-ch': 'Sec-CH-Prefers-Color-Scheme',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** For answers that must never become a document on this origin, whatever bytes they hold. */
export const inert = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};
