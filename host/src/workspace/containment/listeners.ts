import type { Caller } from '../error-attribution';
import { callersOf } from './callers';
import { pressedIn, wentThrough } from './gestures';

type Listener = EventListenerOrEventListenerObject;
type Add = typeof EventTarget.prototype.addEventListener;

/** A widget with unsaved work may ask whether the page is to be left. */
const FREE = new Set(['beforeunload']);
const POINTING = /^(pointer|mouse|touch|drag|click|dblclick|contextmenu|auxclick|wheel)/;

/**
 * What widgets listen for on the whole page they hear, but they keep nothing from the rest of it: outside their own panel they
 * can neither stop an event nor prevent what it does.
 */
export function keepEvents(): void {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const contained = new WeakMap<object, EventListener>();
  const guard: Add = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const callers = listener && isPage(target) && !FREE.has(type) ? callersOf(guard) : [];
    if (!listener || callers.length === 0) return addEventListener.call(target, type, listener, options);
    const known = contained.get(listener) ?? contain(listener, callers);
    contained.set(listener, known);
    addEventListener.call(target, type, known, options);
  };
  EventTarget.prototype.addEventListener = guard;
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const known = listener && isPage(target) ? contained.get(listener) : undefined;
    if (known) removeEventListener.call(target, type, known, options);
    removeEventListener.call(target, type, listener, options);
  };
}

const isPage = (target: EventTarget): boolean =>
  target === window || target === document || target === document.documentElement || target === document.body;

function contain(listener: Listener, callers: readonly Caller[]): EventListener {
  return function (this: unknown, event) {
    const call = (): unknown => (typeof listener === 'function' ? listener.call(this as EventTarget, event) : listener.handleEvent(event));
    if (callers.some(({ element }) => isOf(event, element))) return call();
    return withoutPower(event, call, () => {
      for (const caller of callers) caller.overstepped(event instanceof KeyboardEvent ? 'keys' : 'events');
    });
  };
}

const isOf = (event: Event, panel: HTMLElement): boolean =>
  wentThrough(event.composedPath(), panel) || (POINTING.test(event.type) && pressedIn(panel));

/** For as long as the listener runs, the event cannot be stopped. */
function withoutPower(event: Event, call: () => unknown, tried: () => void): unknown {
  const withheld = { configurable: true, value: tried };
  const flag = (value: boolean): PropertyDescriptor => ({ configurable: true, get: () => value, set: tried });
  Object.defineProperties(event, {
    stopPropagation: withheld,
    stopImmediatePropagation: withheld,
    preventDefault: withheld,
    cancelBubble: flag(false),
    returnValue: flag(!event.defaultPrevented),
  });
  try {
    return call();
  } finally {
    for (const name of ['stopPropagation', 'stopImmediatePropagation', 'preventDefault', 'cancelBubble', 'returnValue'])
      Reflect.deleteProperty(event, name);
  }
}
