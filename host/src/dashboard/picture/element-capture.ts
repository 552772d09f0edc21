/** A picture of one element by the browser itself, of exactly what it shows: Region Capture. The person is asked by the browser, each time. */
import { cropTargets } from './can-capture';

interface CroppableTrack extends MediaStreamTrack {
  /** What comes from then on is where the element is. Rejects where the track is of another tab. */
  cropTo?(target: object): Promise<void>;
}

/** As offered to somebody who wants to show this tab alone; TypeScript does not know all of Screen Capture yet. */
const THIS_TAB = {
  video: { displaySurface: 'browser', cursor: 'never' },
  audio: false,
  preferCurrentTab: true,
  selfBrowserSurface: 'include',
  surfaceSwitching: 'exclude',
  monitorTypeSurfaces: 'exclude',
} as DisplayMediaStreamOptions;

/** `denied`: the person said no, or nobody may say yes here. `elsewhere`: another tab or a window was chosen. */
export class NoCapture extends Error {
  override readonly name = 'NoCapture';
  constructor(
    readonly why: 'denied' | 'elsewhere',
    cause?: unknown,
  ) {
    super(`No picture of the element: ${why}`, { cause });
  }
}

/**
 * Right after a click or a key, else the browser refuses. `ready` is called once the person has agreed, and may change how the element looks
 * until it resolves. What lies over the element is in the picture. Rejects with `NoCapture`, and with what the browser says where it fails otherwise.
 */
export async function captured(element: HTMLElement, ready: () => Promise<void>): Promise<ImageBitmap> {
  const stream = await navigator.mediaDevices.getDisplayMedia(THIS_TAB).catch((cause: unknown) => {
    throw cause instanceof DOMException && cause.name === 'NotAllowedError' ? new NoCapture('denied', cause) : cause;
  });
  try {
    const [track] = stream.getVideoTracks() as CroppableTrack[];
    const target = await cropTargets()?.fromElement(element);
    if (!track?.cropTo || !target) throw new NoCapture('elsewhere');
    await ready();
    const stop = keepPainting(element);
    try {
      await track.cropTo(target).catch((cause: unknown) => {
        throw new NoCapture('elsewhere', cause);
      });
      return await nextFrame(stream);
    } finally {
      stop();
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function nextFrame(stream: MediaStream): Promise<ImageBitmap> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  const frame = new Promise((painted) => video.requestVideoFrameCallback(painted));
  await video.play();
  await frame;
  return await createImageBitmap(video);
}

/** A page that stands still sends no frames: something in it is painted anew all the time, and looks the same. */
function keepPainting(element: HTMLElement): () => void {
  const point = document.createElement('div');
  point.style.cssText = 'position: absolute; inset: 0 auto auto 0; width: 1px; height: 1px; background: var(--dm-bg); pointer-events: none';
  element.append(point);
  point.animate([{ opacity: 0.5 }, { opacity: 1 }], { duration: 100, iterations: Number.POSITIVE_INFINITY, direction: 'alternate' });
  return () => point.remove();
}
