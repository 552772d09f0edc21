import { useSyncExternalStore } from 'react';

/** A window in which a drawer takes the whole width, and the bar has two rows; as in shell.css. */
export const NARROW = '(max-width: 720px)';

/** Whether a media query fits, now and from now on. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
