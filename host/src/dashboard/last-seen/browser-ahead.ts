import { pause } from '../../api/pause';
import { browserClock } from '../../layouts/ports';
import { preload } from '../../remotes/integrity';
import { whenIdle } from '../../remotes/when-idle';
import { loadPlace } from '../loading';
import type { AheadPorts } from './pins-ahead';

export const browserAhead: AheadPorts = {
  load: loadPlace,
  preload,
  idle: whenIdle,
  wait: pause,
  now: browserClock.now,
  sparing: () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true,
};
