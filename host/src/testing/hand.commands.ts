/** Node's side of hand.ts: the browser is moved by Playwright, as a person's hand moves it. */
import type { BrowserCommand, BrowserCommandContext } from 'vitest/node';
// Its types say which page a command is for.
import '@vitest/browser-playwright';

export type Button = 'left' | 'middle' | 'right';
/** Pixels of the page that the test is. */
export type Step =
  | { move: readonly [x: number, y: number]; steps?: number }
  | { down: Button }
  | { up: Button }
  | { key: string }
  /** `after`: milliseconds since the first of these steps, however long this machine takes to tell the page. */
  | { touch: 'touchStart' | 'touchMove' | 'touchEnd'; at?: readonly [x: number, y: number]; after?: number };

type Page = BrowserCommandContext['page'];
type DevTools = ReturnType<ReturnType<Page['context']>['newCDPSession']>;

/** A touch goes on only in the session in which it began. */
const fingers = new WeakMap<Page, DevTools>();

function fingerOf(page: Page): DevTools {
  const known = fingers.get(page) ?? page.context().newCDPSession(page);
  fingers.set(page, known);
  return known;
}

export const hand: BrowserCommand<[Step[]]> = async ({ page, iframe }, steps) => {
  // The test is a frame of a page of Vitest's.
  const frame = await iframe.owner().boundingBox();
  const within = ([x, y]: readonly [number, number]): [number, number] => [x + (frame?.x ?? 0), y + (frame?.y ?? 0)];
  const began = Date.now();
  for (const step of steps) {
    if ('move' in step) await page.mouse.move(...within(step.move), { steps: step.steps ?? 1 });
    else if ('down' in step) await page.mouse.down({ button: step.down });
    else if ('up' in step) await page.mouse.up({ button: step.up });
    else if ('key' in step) {
      // What is pressed without taking the keyboard leaves it outside of the frame.
      await iframe.owner().focus();
      await page.keyboard.press(step.key);
    } else {
      const [x, y] = within(step.at ?? [0, 0]);
      const at = step.after === undefined ? {} : { timestamp: (began + step.after) / 1000 };
      const devtools = await fingerOf(page);
      await devtools.send('Input.dispatchTouchEvent', { type: step.touch, touchPoints: step.at ? [{ x, y }] : [], ...at });
    }
  }
};

declare module 'vitest/browser' {
  interface BrowserCommands {
    hand: (steps: Step[]) => Promise<void>;
  }
}
