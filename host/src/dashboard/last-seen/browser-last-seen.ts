import { browserClock } from '../../layouts/ports';
import { askLastSeenKey } from './ask-key';
import { LastSeen } from './last-seen';

export const openLastSeen = (): LastSeen =>
  new LastSeen({ storage: globalThis.caches ?? null, key: askLastSeenKey, now: browserClock.now });
