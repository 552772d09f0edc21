/** What a developer has to know, at the page's lower edge. Plain elements: it must show whatever is wrong with the page's own. */
import type { Told } from '../../server/development/told';

const STYLE =
  'position:fixed;inset-inline:0;inset-block-end:0;z-index:2147483647;max-block-size:50vh;overflow:auto;margin:0;padding:12px 16px;' +
  'background:#2b0b0e;color:#ffd9dc;font:12px/1.5 ui-monospace,monospace;white-space:pre-wrap;border-block-start:2px solid #e5484d';

let faultsBox: HTMLElement | null = null;
let waitingBox: HTMLElement | null = null;

/** Until the next build that is right. */
export function showFaults(faults: Told['faults']): void {
  faultsBox?.remove();
  faultsBox = faults.length > 0 ? box('alert', faults.map(({ part, fault }) => `${part}: ${fault}`).join('\n\n')) : null;
}

/** There is a newer build, and `why` the page waits with it. */
export function showWaiting(why: string): void {
  waitingBox?.remove();
  waitingBox = box('status', `There is a newer build. ${why} `);
  const now = document.createElement('button');
  now.textContent = 'Load it now';
  now.addEventListener('click', () => location.reload());
  waitingBox.append(now);
}

function box(role: string, text: string): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  element.dataset['development'] = role;
  element.style.cssText = STYLE;
  element.textContent = text;
  document.body.append(element);
  return element;
}
