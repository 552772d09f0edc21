import { callersOf, caught } from './callers';

/** Only the dashboard asks to see the screen, for a picture of a layout: no widget makes the browser ask for it. */
export function keepScreen(): void {
  const devices = globalThis.MediaDevices?.prototype as MediaDevices | undefined;
  if (!devices?.getDisplayMedia) return;
  const { getDisplayMedia } = devices;
  devices.getDisplayMedia = function guard(options) {
    if (caught(callersOf(guard), 'screen')) return Promise.reject(new DOMException('Widgets do not see the screen', 'NotAllowedError'));
    return getDisplayMedia.call(this, options);
  };
}
