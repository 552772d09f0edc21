import { createHash } from 'node:crypto';
import type { Language } from '@datamesh/service';
import type { Response } from 'express';
import { refusalWords } from './refusal-words';

/** The few pages that this service shows itself, around signing in. No script, no widget: nothing of the dashboard is loaded. */
export interface Page {
  html: string;
  headers: Readonly<Record<string, string>>;
}

export interface PageContent {
  /** Whoever reads it chose it, or their browser asks for it. */
  language: Language;
  title: string;
  /** HTML; whatever comes from outside is `escaped`. */
  body: string;
  /** Styles beyond those of every page. */
  css?: string;
  /** Directives of the page's policy beyond those of every page. */
  policy: readonly string[];
  headers?: Readonly<Record<string, string>>;
}

const base = `
:root{color-scheme:light dark;--bg:#f4f5f7;--surface:#fff;--surface-2:#f8f9fb;--line:#e3e6eb;--line-strong:#cfd4dc;--fg:#161a22;--fg-2:#525b6b;
--accent:#3b5bdb;--accent-fg:#fff;--accent-soft:#e9edfd;--warn:#8a5000;--warn-soft:#fdf1dc;
--shadow:0 12px 32px rgb(16 24 40/.1),0 2px 6px rgb(16 24 40/.05)}
@media (prefers-color-scheme:dark){:root{--bg:#0e1116;--surface:#161a21;--surface-2:#1b2029;--line:#272d38;--line-strong:#394150;--fg:#e8ebf0;
--fg-2:#aab3c2;--accent:#7c93f5;--accent-fg:#0e1116;--accent-soft:#232c4d;--warn:#f0b04a;--warn-soft:#33260e;--shadow:0 16px 40px rgb(0 0 0/.5)}}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:24px;background:var(--bg);color:var(--fg);
font:400 15px/1.45 "Inter Variable",Inter,system-ui,sans-serif;-webkit-font-smoothing:antialiased}
main{width:100%;max-width:432px;padding:32px;background:var(--surface);border:1px solid var(--line);border-radius:12px;box-shadow:var(--shadow)}
.brand{display:flex;align-items:center;gap:8px;font-size:13px;font-weight:600;color:var(--fg-2)}
.brand svg{width:22px;height:22px}
h1{margin-top:20px;font-size:24px;line-height:1.2;font-weight:650;letter-spacing:-.015em}
p{margin-top:6px;color:var(--fg-2);font-size:14px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code{font:400 13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
a.action{display:inline-block;margin-top:20px;padding:9px 16px;border-radius:8px;background:var(--accent);color:var(--accent-fg);font-weight:600;text-decoration:none}
@media (max-width:420px){body{padding:12px}main{padding:20px}}
`;

const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" aria-hidden="true"><rect width="22" height="22" rx="6" fill="#3b5bdb"/><g fill="#fff"><rect x="5" y="5" width="5" height="5" rx="1.2"/><rect x="12" y="5" width="5" height="5" rx="1.2" opacity=".7"/><rect x="5" y="12" width="5" height="5" rx="1.2" opacity=".7"/><rect x="12" y="12" width="5" height="5" rx="1.2"/></g></svg>';

export function pageOf({ language, title, body, css = '', policy, headers = {} }: PageContent): Page {
  const style = base + css;
  return {
    html: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Data Mesh</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(mark)}">
<style>${style}</style>
</head>
<body>
<main>
<div class="brand">${mark}Data Mesh</div>
${body}
</main>
</body>
</html>
`,
    headers: {
      'content-security-policy': [
        "default-src 'none'",
        // One style, known by its hash.
        `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
        // The icon, without which browsers ask for /favicon.ico.
        'img-src data:',
        "base-uri 'none'",
        "frame-ancestors 'none'",
        ...policy,
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      vary: 'accept-language, cookie',
      ...headers,
    },
  };
}

/**
 * Directives of a page whose forms lead to `action` alone. It has an origin of its own: neither a page of ours that opened this one, widgets and
 * all, nor any other can read or press what is on it. No Cross-Origin-Opener-Policy beside it: HTML makes a sandboxed page with one a network
 * error, and the dashboard's own already parts the two windows.
 */
export const sandboxed = (action: string): readonly string[] => [`form-action ${action}`, 'sandbox allow-forms'];

/** Says why not, by name, and offers the way back; `again`: where to begin anew. */
export function refusalPage(language: Language, title: string, problem: { code: string; detail: string }, again?: string): Page {
  const words = refusalWords[language];
  return pageOf({
    language,
    title,
    body: `<h1>${title}</h1>
<p>${escaped(words.textOf(problem))}</p>
<p><code>${escaped(problem.code)}</code></p>
${again === undefined ? '' : `<a class="action" href="${again}">${words.again}</a> `}<a class="action" href="/">${words.home}</a>`,
    policy: ["form-action 'none'"],
    headers: { 'referrer-policy': 'no-referrer' },
  });
}

export function sendPage(res: Response, status: number, { html, headers }: Page): void {
  res.status(status).set(headers).type('html').send(html);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
