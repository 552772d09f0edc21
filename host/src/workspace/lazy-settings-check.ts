import { lazyCode } from './lazy-code';

/** What somebody sets while the edge is away waits for it, in its order, and is neither lost nor called the widget's failure. */
export const settingsCheck = lazyCode(async () => (await import('./settings-check')).checkSettings);
