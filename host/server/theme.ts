import type { IncomingHttpHeaders } from 'node:http';

export type Theme = 'light' | 'dark';

/** What the person chose last (a cookie that says nothing else), else what the browser says, else the style sheet decides. */
export function themeOf(headers: IncomingHttpHeaders): Theme | undefined {
  const chosen = /(?:^|;\s*)dm_theme=(light|dark)(?=;|$)/.exec(headers.cookie ?? '')?.[1];
  const preferred = /^"?(light|dark)"?$/.exec(String(headers['sec-ch-prefers-color-scheme'] ?? ''))?.[1];
  return (chosen ?? preferred) as Theme | undefined;
}
