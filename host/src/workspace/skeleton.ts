import { i18n } from '../language/i18n';
import { node } from './nodes';

/** Most widgets are there by then, and nothing was drawn for them in vain; milliseconds. */
const UNSEEN = 300;

/** Shown while a widget loads. */
export function skeleton(): HTMLElement {
  const element = node('div', 'dm-skeleton');
  element.setAttribute('role', 'status');
  setTimeout(() => element.isConnected && element.append(node('span', 'dm-hidden', i18n.t('Loading')), bars()), UNSEEN);
  return element;
}

function bars(): HTMLElement {
  const element = node('div', 'dm-skeleton-bars');
  for (const width of ['40', '90', '75', '82', '60']) {
    const bar = node('i', 'dm-skeleton-bar');
    bar.style.width = `${width}%`;
    element.append(bar);
  }
  return element;
}
