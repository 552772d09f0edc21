import { lateCode } from '../api/lateCode';
import type { checkSettings } from './settingsCheck';

let coming: Promise<typeof checkSettings> | undefined;

/**
 * The check's code, which comes when something is first set, not with the page: what somebody sets while the edge is away waits for it, in
 * its order, and is neither lost nor called the widget's failure.
 */
export function settingsCheck(): Promise<typeof checkSettings> {
  coming ??= lateCode(() => import('./settingsCheck')).then(({ checkSettings }) => checkSettings);
  return coming;
}
