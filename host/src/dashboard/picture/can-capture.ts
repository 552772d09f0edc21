/** Region Capture, as far as TypeScript does not know it yet: Chromium from 104 on; not on phones. */
interface CropTargets {
  /** Opaque: what a track of this tab can be cropped to. */
  fromElement(element: Element): Promise<object>;
}

export const cropTargets = (): CropTargets | undefined => (window as { CropTarget?: CropTargets }).CropTarget;

/** Whether this browser can make a picture of a part of the page: over HTTPS or on localhost alone. */
export const canCapture = (): boolean => cropTargets() !== undefined && typeof navigator.mediaDevices?.getDisplayMedia === 'function';
