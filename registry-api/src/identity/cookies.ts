export interface CookieNames {
  /** Its value is a secret; the store knows its hash only. */
  session: string;
  /** Binds a sign-in under way to the browser that began it. */
  signIn: string;
}

/**
 * Over https, names that browsers take from this host alone, and over https alone: neither another host of the domain nor somebody on the
 * network can plant a session of theirs. The edge knows the same name (host/server/session.ts).
 */
export const cookieNames = (secure: boolean): CookieNames =>
  secure ? { session: '__Host-dm_session', signIn: '__Secure-dm_sign_in' } : { session: 'dm_session', signIn: 'dm_sign_in' };

/** The value of one cookie in a Cookie header; the first one wins, as browsers send the most specific first. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

export interface CookieOptions {
  secure: boolean;
  path: string;
  /** Seconds; 0 clears the cookie. */
  maxAge: number;
}

export function setCookie(name: string, value: string, { secure, path, maxAge }: CookieOptions): string {
  const expires = maxAge === 0 ? '; Expires=Thu, 01 Jan 1970 00:00:00 GMT' : '';
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${expires}${secure ? '; Secure' : ''}`;
}
