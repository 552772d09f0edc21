/**
 * What `npm run dev` does to an open page: changed style sheets are exchanged where they are; a changed script loads the page anew, with all
 * that is open; what does not build is said over the page, which goes on as it is.
 */
import type { Told } from '../../server/development/told';
import { reloadThisPage } from '../dashboard/page-reload';
import { showFaults, showWaiting } from './overlay';

/** Between two attempts to load the page anew, while something is in the way; milliseconds. */
const AGAIN = 300;

/** Hashes of the style sheets, as this page has them. */
const shown = new Map<string, string>();
let leaving = false;

export function followBuilds(): void {
  for (const link of links()) if (link.integrity) shown.set(nameOf(link.href), link.integrity);
  new EventSource('/development/events').addEventListener('message', ({ data }) => onBuild(JSON.parse(String(data)) as Told));
}

function onBuild({ scripts, styles, faults }: Told): void {
  showFaults(faults);
  for (const [name, hash] of Object.entries(styles)) {
    const before = shown.get(name) ?? hash;
    shown.set(name, hash);
    if (hash !== before) exchange(name, hash);
  }
  const own = [...document.querySelectorAll<HTMLScriptElement>('script[type="module"][src]')].map(({ src }) => nameOf(src));
  if (scripts.length > 0 && own.some((name) => !scripts.includes(name))) void leave();
}

async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  for (let stays = await reloadThisPage(); stays !== null; stays = await reloadThisPage()) {
    showWaiting(stays);
    await new Promise((soon) => setTimeout(soon, AGAIN));
  }
}

/** The one before goes when the next is there: nothing flickers. */
function exchange(name: string, hash: string): void {
  for (const old of links().filter(({ href }) => nameOf(href) === name)) {
    const next = old.cloneNode() as HTMLLinkElement;
    next.integrity = hash;
    next.crossOrigin = 'anonymous';
    next.href = `/assets/${name}?${encodeURIComponent(hash.slice(-12))}`;
    next.addEventListener('load', () => old.remove());
    // Replaced meanwhile by the next build, which is told as well.
    next.addEventListener('error', () => next.remove());
    old.after(next);
  }
}

const links = (): HTMLLinkElement[] => [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];

const nameOf = (href: string): string => new URL(href).pathname.slice('/assets/'.length);
