/** The address, if a note may lead there: https and mailto, written out whole. Everything else stays text. */
export function safeHref(href: string): string | null {
  if (!/^(https:\/\/|mailto:)/i.test(href) || !URL.canParse(href)) return null;
  const url = new URL(href);
  // A name before the host ("https://bank.example@evil.example") is there to mislead.
  if (url.username || url.password) return null;
  return url.href;
}
