/** What every journey has: a system, a browser, and pages that must be free of trouble when it ends. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Visitors } from './browser';
import { Stack, type StackOptions } from './stack';

export interface Journey {
  readonly stack: Stack;
  readonly visitors: Visitors;
}

/** Call it once at the top of a journey's file. `flags`: of its browser besides those that each has. */
export function journey(options: StackOptions | (() => Promise<StackOptions>) = {}, flags: readonly string[] = []): Journey {
  let stack: Stack | undefined;
  let visitors: Visitors | undefined;
  beforeAll(async () => {
    stack = await Stack.start(typeof options === 'function' ? await options() : options);
    visitors = await Visitors.open(stack, flags);
  });
  afterEach(() => expect(visitors?.watch.take() ?? []).toEqual([]));
  afterAll(async () => {
    await visitors?.close();
    await stack?.stop();
  });
  return {
    get stack() {
      return started(stack);
    },
    get visitors() {
      return started(visitors);
    },
  };
}

function started<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The journey has not started');
  return thing;
}
