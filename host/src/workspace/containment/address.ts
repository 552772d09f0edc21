import { callersOf, caught, unasked } from './callers';

/** As much of the Navigation API as is needed here. */
interface NavigateEvent extends Event {
  readonly userInitiated: boolean;
  readonly downloadRequest: string | null;
  readonly destination: { readonly sameDocument: boolean };
}

/**
 * The address and the history are the dashboard's. What a widget does to them does not happen, but for one thing: it may lead
 * to another page when a person has just asked for it.
 */
export function keepAddress(): void {
  const { pushState, replaceState, go, back, forward } = history;
  for (const [name, own] of Object.entries({ pushState, replaceState, go, back, forward })) {
    const guard = (...args: unknown[]): void => {
      if (!caught(callersOf(guard), 'address')) Reflect.apply(own, history, args);
    };
    Object.defineProperty(history, name, { configurable: true, writable: true, value: guard });
  }
  const { navigation } = window as { navigation?: EventTarget };
  const guard = (event: Event): void => {
    const { userInitiated, downloadRequest, destination } = event as NavigateEvent;
    if (!event.cancelable || userInitiated || downloadRequest !== null) return;
    const callers = callersOf(guard);
    if (caught(destination.sameDocument ? callers : unasked(callers), 'address')) event.preventDefault();
  };
  navigation?.addEventListener('navigate', guard);
}
