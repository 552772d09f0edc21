/**
 * Where to go after sign-in: a path of this origin, or `/` when what was asked for is anything else.
 * Browsers read `\` as `/`, drop tabs and line ends inside a URL, and take `//host` for another origin, so none of these passes.
 */
export function safeReturnTo(wanted: string | undefined, origin: string): string {
  if (wanted === undefined || !wanted.startsWith('/') || wanted.startsWith('//')) return '/';
  if (wanted.includes('\\') || hasControls(wanted)) return '/';
  const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : undefined;
  if (url?.origin !== origin) return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Dot segments are gone after parsing: `/.//host` has become `//host`.
  return path.startsWith('//') ? '/' : path;
}

function hasControls(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}
