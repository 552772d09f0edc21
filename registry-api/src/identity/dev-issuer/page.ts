import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { people } from './people';

const css = `
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
ul{list-style:none;padding:0;margin-top:20px;display:grid;gap:8px}
button{display:flex;align-items:center;gap:12px;width:100%;padding:12px;font:inherit;text-align:left;color:inherit;background:var(--surface);
border:1px solid var(--line);border-radius:8px;cursor:pointer;transition:background-color 140ms cubic-bezier(.2,0,0,1),border-color 140ms cubic-bezier(.2,0,0,1)}
button:hover{background:var(--surface-2);border-color:var(--line-strong)}
button:active{background:var(--accent-soft);border-color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.initials{flex:none;display:grid;place-items:center;width:36px;height:36px;border-radius:50%;background:var(--accent-soft);color:var(--accent);
font-size:12px;font-weight:650;letter-spacing:.02em}
.who{min-width:0;flex:1}
.name{display:block;font-weight:600}
.role{display:block;font-size:13px;color:var(--fg-2)}
.arrow{flex:none;width:16px;height:16px;color:var(--fg-2)}
.note{margin-top:20px;padding:10px 12px;border-radius:8px;background:var(--warn-soft);color:var(--warn);font-size:13px}
a.action{display:inline-block;margin-top:20px;padding:9px 16px;border-radius:8px;background:var(--accent);color:var(--accent-fg);font-weight:600;text-decoration:none}
@media (max-width:420px){body{padding:12px}main{padding:20px}}
@media (prefers-reduced-motion:reduce){button{transition:none}}
`;

/**
 * No script at all, one style known by its hash, forms to this origin only. Referrer-Policy is part of it: with no-referrer a
 * browser would send `Origin: null` along with the form, which the edge refuses.
 */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
    // The icon, without which browsers ask for /favicon.ico.
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" aria-hidden="true"><rect width="22" height="22" rx="6" fill="#3b5bdb"/><g fill="#fff"><rect x="5" y="5" width="5" height="5" rx="1.2"/><rect x="12" y="5" width="5" height="5" rx="1.2" opacity=".7"/><rect x="5" y="12" width="5" height="5" rx="1.2" opacity=".7"/><rect x="12" y="12" width="5" height="5" rx="1.2"/></g></svg>';
const arrow =
  '<svg class="arrow" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M6 3.5 10.5 8 6 12.5"/></svg>';

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Data Mesh</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(mark)}">
<style>${css}</style>
</head>
<body>
<main>
<div class="brand">${mark}Data Mesh</div>
${body}
</main>
</body>
</html>
`;

export function choicePage(uid: string): string {
  const entries = people.map(
    ({ id, name, roleLine }) => `<li><form method="post" action="/oidc/interaction/${escaped(uid)}/${escaped(id)}">
<button type="submit" name="person" value="${escaped(id)}"><span class="initials" aria-hidden="true">${escaped(initials(name))}</span><span class="who"><span class="name">${escaped(name)}</span> <span class="role">${escaped(roleLine)}</span></span>${arrow}</button>
</form></li>`,
  );
  return page(
    'Sign in',
    `<h1>Sign in as</h1>
<p>Four people of the demo company, one click each.</p>
<ul>
${entries.join('\n')}
</ul>
<p class="note">Development sign-in without passwords. It runs on this machine only.</p>`,
  );
}

export const failurePage = (detail: string): string =>
  page(
    'Sign-in did not work',
    `<h1>Sign-in did not work</h1>
<p>${escaped(detail)}</p>
<a class="action" href="/api/v1/session/sign-in">Sign in again</a>`,
  );

export function sendPage(res: Response, status: number, html: string): void {
  res.status(status).set(headers).type('html').send(html);
}

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
export const pageHeaders: Readonly<Record<string, string>> = headers;
