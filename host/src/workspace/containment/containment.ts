/**
 * Widgets and dashboard share one page. What of the page is the dashboard's is kept from them here, as far as that goes within
 * one realm: by the address of whoever calls. It stops mistakes and bad manners, not an attacker, who can find another way.
 */
import { keepAddress } from './address';
import { keepPageInSight } from './covering';
import { watchGestures } from './gestures';
import { keepEvents } from './listeners';
import { keepScreen } from './screen';
import { keepTitle } from './title';

let contained = false;

/** Once for each page, before the first widget. */
export function containWidgets(): void {
  if (contained) return;
  contained = true;
  watchGestures();
  keepTitle();
  keepAddress();
  keepEvents();
  keepPageInSight();
  keepScreen();
}
