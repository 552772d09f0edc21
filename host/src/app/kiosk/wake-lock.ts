/** What of the browser it takes to keep a screen awake. */
import { i18n } from '../../language/i18n';

export interface ScreenPorts {
  /** Undefined where the browser cannot, such as on a page without TLS. */
  wakeLock: Pick<WakeLock, 'request'> | undefined;
  visible(): boolean;
  /** Calls whenever the page is seen again, or not any more; answers with the way to stop. */
  onVisibility(listener: () => void): () => void;
  /** For whoever sets the screen up. */
  say(text: string): void;
}

/**
 * Keeps the screen on until the way back is called. The browser lets go of it whenever the page is out of sight, and when the
 * battery is low: it is asked again each time the page is seen again. What hinders it is said once.
 */
export function keepScreenAwake({ wakeLock, visible, onVisibility, say }: ScreenPorts): () => void {
  if (!wakeLock) {
    say(i18n.t('This browser cannot keep the screen awake: the machine’s own settings have to.'));
    return () => undefined;
  }
  let held: WakeLockSentinel | undefined;
  let asking = false;
  let over = false;
  let said = false;
  const ask = async (): Promise<void> => {
    if (over || asking || !visible() || (held && !held.released)) return;
    asking = true;
    try {
      held = await wakeLock.request('screen');
      if (over) await held.release();
    } catch (cause) {
      if (!said)
        say(i18n.t('The screen cannot be kept awake: {reason}', { reason: cause instanceof Error ? cause.message : String(cause) }));
      said = true;
    } finally {
      asking = false;
    }
  };
  const stop = onVisibility(() => void ask());
  void ask();
  return () => {
    over = true;
    stop();
    void held?.release();
  };
}

export const browserScreen: ScreenPorts = {
  wakeLock: 'wakeLock' in navigator ? navigator.wakeLock : undefined,
  visible: () => document.visibilityState === 'visible',
  onVisibility(listener) {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
  say: (text) => console.info(text),
};
