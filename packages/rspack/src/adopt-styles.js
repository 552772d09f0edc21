/**
 * Stands in for svelte/src/internal/client/dom/css.js, whose <style> a strict style-src refuses: the same one
 * function, at the same moment, adopting a constructed sheet instead. `svelte-client` is an alias in svelte-remote.ts.
 */
import { effect } from 'svelte-client/reactivity/effects.js';
import { active_effect } from 'svelte-client/runtime.js';

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/** @param {Node} anchor @param {{ hash: string, code: string }} css */
export function append_styles(anchor, css) {
  effect(() => {
    const root = (active_effect?.parent?.nodes?.start ?? anchor).getRootNode();
    const owner = root instanceof ShadowRoot ? root : document;
    let sheet = sheets.get(css.hash);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css.code);
      sheets.set(css.hash, sheet);
    }
    if (!owner.adoptedStyleSheets.includes(sheet)) owner.adoptedStyleSheets.push(sheet);
  });
}
