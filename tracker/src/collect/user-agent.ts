/** Step `user agent`: browser, system and kind of device. Parsing costs more than all other steps together, so the answers are kept. */

import Bowser from 'bowser';
import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';

export interface Device {
  browser: string | null;
  os: string | null;
  device: string | null;
  bot: boolean;
}

const KEPT = 5000;
const LONGEST = 512;
const UNKNOWN: Device = { browser: null, os: null, device: null, bot: true };

export class UserAgents {
  private readonly known = new LRUCache<string, Device>({ max: KEPT });

  of(whole: string): Device {
    // Also as the key: thousands of long ones would fill the memory.
    const userAgent = whole.slice(0, LONGEST);
    if (userAgent === '') return UNKNOWN;
    const found = this.known.get(userAgent);
    if (found) return found;
    const device = parse(userAgent);
    this.known.set(userAgent, device);
    return device;
  }
}

function parse(userAgent: string): Device {
  const { browser, os, platform } = Bowser.parse(userAgent);
  return { browser: browser.name || null, os: os.name || null, device: platform.type || null, bot: isbot(userAgent) };
}
