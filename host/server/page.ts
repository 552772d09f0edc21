import { randomBytes } from 'node:crypto';
import type { Language } from '@datamesh/service/language';
import type { RequestHandler } from 'express';
import { type Appearance, appearanceOf, rootTag } from './appearance';
import type { Assets } from './assets';
import { firstQuestionOf } from './first-question';
import { pageHeaders } from './policy';

/** What the page's own code draws first as well (host/src/app/Skeleton.tsx), there before any of it has come: nothing jumps. */
const SKELETON = [
  '<div class="app" data-mode="view" aria-busy="true">',
  '<header class="bar"><span class="skeleton-block" data-width="m"></span><span class="bar-line"></span><span class="skeleton-block" data-width="l"></span></header>',
  '<main class="main"><div class="skeleton-stage" aria-hidden="true"><i></i><i></i><i></i></div></main></div>',
].join('');

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%233b5bdb'/%3E%3Cg fill='%23fff'%3E%3Crect x='8' y='8' width='7' height='7' rx='1.5'/%3E%3Crect x='17' y='8' width='7' height='7' rx='1.5' opacity='.6'/%3E%3Crect x='8' y='17' width='7' height='7' rx='1.5' opacity='.6'/%3E%3Crect x='17' y='17' width='7' height='7' rx='1.5'/%3E%3C/g%3E%3C/svg%3E";

/** Everything of the page but its nonce and how it looks is the same for everybody, and is put together once. */
export function createPage({ files, entry }: Assets): (nonce: string, appearance: Appearance, question: string | null) => string {
  const hash = (path: string): string => files.get(path)?.integrity ?? '';
  const scripts = [...files].filter(([path]) => /\.m?js$/.test(path));
  const integrity = Object.fromEntries(scripts.map(([path, file]) => [`/assets/${path}`, file.integrity]));
  // "<" could end the script element early; in JSON it may be written so everywhere.
  const map = JSON.stringify({ integrity }).replaceAll('<', '\\u003c');
  const checked = (path: string): string => `integrity="${hash(path)}" crossorigin="anonymous"`;
  const text = [...files.keys()].find((path) => /inter-latin-wght-normal\.[^/]*woff2$/.test(path));
  const preloaded = (path: string): string => `<link rel="modulepreload" href="/assets/${path}" ${checked(path)}>`;
  // English is in the page's own code.
  const catalogOf = (language: Language): string =>
    [...files.keys()]
      .filter((path) => path.startsWith(`language-${language}.`) && path.endsWith('.mjs'))
      .map(preloaded)
      .join('');
  const catalogs = { en: catalogOf('en'), de: catalogOf('de') };
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Data Mesh</title>',
    `<link rel="icon" href="${ICON}">`,
    // Alone with this nonce: a module script that had it would hand it on to whatever it imports, data: and blob: addresses too.
    `<script type="importmap" nonce="{nonce}">${map}</script>`,
    ...entry.filter((path) => path.endsWith('.css')).map((path) => `<link rel="stylesheet" href="/assets/${path}" ${checked(path)}>`),
    ...(text ? [`<link rel="preload" as="font" type="font/woff2" href="/assets/${text}" crossorigin="anonymous">`] : []),
    ...entry.filter((path) => path.endsWith('.mjs')).map(preloaded),
    '{catalog}{question}',
    ...entry
      .filter((path) => path.endsWith('.mjs'))
      .map((path) => `<script type="module" src="/assets/${path}" ${checked(path)}></script>`),
  ].join('');
  const rest = `<head>${head}</head><body><div id="app">${SKELETON}</div><noscript>The dashboard needs JavaScript.</noscript></body></html>`;
  const askedAhead = (question: string | null): string =>
    question === null ? '' : `<link rel="preload" as="fetch" href="${question}" crossorigin="anonymous">`;
  return (nonce, appearance, question) =>
    `<!doctype html>${rootTag(appearance)}${rest.replace('{nonce}', nonce).replace('{catalog}', catalogs[appearance.language]).replace('{question}', askedAhead(question))}`;
}

export function servePage(assets: Assets, publicUrl: URL): RequestHandler {
  const page = createPage(assets);
  return (request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const body = Buffer.from(page(nonce, appearanceOf(request.headers), firstQuestionOf(request.path, request.headers.cookie)));
    response.set(pageHeaders(nonce, publicUrl)).set('content-length', String(body.length));
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
