/** Whether this browser can make a picture of a part of the page: Chromium from 104 on, over HTTPS or on localhost; not on phones. */
export const canCapture = (): boolean =>
  (window as { CropTarget?: unknown }).CropTarget !== undefined && typeof navigator.mediaDevices?.getDisplayMedia === 'function';
