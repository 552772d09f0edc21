/** The pages that the edge shows itself: where the dashboard cannot, or there is nothing to show. They need nothing but this answer. */
import { createHash } from 'node:crypto';
import type { Problem } from '@datamesh/contracts';
import type { Request, Response } from 'express';
import { type Appearance, appearanceOf, rootTag } from './appearance';
import { type NoticeWords, noticeWords } from './notice-words';

/** Whether a person looks at the answer itself. A script's request asks for no HTML, or says that it is one. */
export function isNavigation({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  const mode = headers['sec-fetch-mode'];
  return (
    (method === 'GET' || method === 'HEAD') && (mode === undefined || mode === 'navigate') && (headers.accept ?? '').includes('text/html')
  );
}

interface Notice {
  title: string;
  text: string;
  action: { label: string; href: string } | undefined;
  /** Loads the page anew as soon as sessions are known again. */
  waits: boolean;
}

/** `problem` as a page, with the same status. */
export function sendNotice(response: Response, problem: Problem): void {
  const { req: request } = response;
  const appearance = appearanceOf(request.headers);
  const words = noticeWords[appearance.language];
  const requestLine = problem.status >= 500 && problem.requestId ? words.request(problem.requestId) : undefined;
  const body = Buffer.from(html(noticeOf(problem, request, words), appearance, requestLine));
  response.status(problem.status).set({
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(body.length),
    'cache-control': 'no-store',
    vary: 'accept, accept-language, cookie',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function noticeOf({ status, code, detail = '' }: Problem, { path, originalUrl }: Request, words: NoticeWords): Notice {
  const text = words.textOf({ code, status, detail });
  const home = { label: words.home, href: '/' };
  const signIn = (label: string): Notice['action'] => ({
    label,
    href: `/api/v1/session/sign-in?return_to=${encodeURIComponent(path.startsWith('/api/') ? '/' : path)}`,
  });
  if (status === 404) return { ...words.nothing, action: home, waits: false };
  if (status === 421) return { title: words.wrongAddress, text, action: undefined, waits: false };
  if (code === 'upstream_unavailable' || code === 'upstream_timeout') {
    const { title, text, again } = words.unreachable;
    return { title, text, action: { label: again, href: originalUrl }, waits: true };
  }
  if (status === 401) return { title: words.signInFirst, text, action: signIn(words.signIn), waits: false };
  if (path.startsWith('/api/v1/session/')) return { title: words.signInFailed, text, action: signIn(words.signInAgain), waits: false };
  if (status === 403) return { title: words.forbidden, text, action: home, waits: false };
  return { title: status < 500 ? words.refused : words.broken, text, action: home, waits: false };
}

/** The look of host/src/styles, as much of it as these pages need. */
const TOKENS = {
  light:
    '--bg:#f4f5f7;--fg:#161a22;--fg-2:#525b6b;--accent:#3b5bdb;--accent-fg:#fff;--accent-soft:#e9edfd;--focus:#3b5bdb;color-scheme:light',
  dark: '--bg:#0e1116;--fg:#e8ebf0;--fg-2:#aab3c2;--accent:#7c93f5;--accent-fg:#0e1116;--accent-soft:#232c4d;--focus:#7c93f5;color-scheme:dark',
};
const STYLE = [
  `:root{${TOKENS.light}}@media (prefers-color-scheme:dark){:root{${TOKENS.dark}}}`,
  `:root[data-theme=light]{${TOKENS.light}}:root[data-theme=dark]{${TOKENS.dark}}`,
  '*{box-sizing:border-box;margin:0}',
  'body{min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:24px;background:var(--bg);color:var(--fg);font:400 14px/1.45 "Inter Variable",Inter,system-ui,sans-serif}',
  'main{display:grid;justify-items:center;gap:10px;max-width:460px;text-align:center}',
  '.mark{width:44px;height:44px}h1{font-size:20px;font-weight:600;letter-spacing:-.01em;text-wrap:balance}p{color:var(--fg-2);text-wrap:pretty;overflow-wrap:anywhere}',
  '.detail{font:500 12px ui-monospace,monospace}',
  'a{margin-top:8px;padding:8px 18px;border:1px solid transparent;border-radius:8px;background:var(--accent);color:var(--accent-fg);font-weight:550;text-decoration:none}',
  ':focus-visible{outline:2px solid var(--focus);outline-offset:2px}',
  '@media (forced-colors:active){a{border-color:LinkText}}',
].join('');

/** Asks whether anybody answers, in pauses that grow to 15 s and are spread by chance; then the page itself is asked for again. */
const SCRIPT = [
  'for(let tries=0;;tries++){',
  'await new Promise((done)=>setTimeout(done,Math.min(15000,2000*2**tries)*(.5+Math.random()/2)));',
  "try{if((await fetch('/api/v1/session',{signal:AbortSignal.timeout(5000)})).status<500){location.reload();break}}catch{}",
  '}',
].join('');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MARK =
  '<svg class="mark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" aria-hidden="true"><rect width="22" height="22" rx="6" fill="#3b5bdb"/><g fill="#fff"><rect x="5" y="5" width="5" height="5" rx="1.2"/><rect x="12" y="5" width="5" height="5" rx="1.2" opacity=".7"/><rect x="5" y="12" width="5" height="5" rx="1.2" opacity=".7"/><rect x="12" y="12" width="5" height="5" rx="1.2"/></g></svg>';

function html({ title, text, action, waits }: Notice, appearance: Appearance, requestLine: string | undefined): string {
  return [
    `<!doctype html>${rootTag(appearance)}<head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)} · Data Mesh</title>`,
    `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}"><style>${STYLE}</style></head>`,
    `<body><main>${MARK}<h1>${escaped(title)}</h1><p>${escaped(text)}</p>`,
    requestLine ? `<p class="detail">${escaped(requestLine)}</p>` : '',
    action ? `<a href="${escaped(action.href)}">${escaped(action.label)}</a>` : '',
    '</main>',
    waits ? `<script type="module">${SCRIPT}</script>` : '',
    '</body></html>',
  ].join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
