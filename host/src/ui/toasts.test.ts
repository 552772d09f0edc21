import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Toasts } from './toasts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = (toasts: Toasts): string[] => toasts.store.getSnapshot().items.map(({ text }) => text);

it('keeps what went wrong until somebody dismisses it, and lets the rest go', () => {
  const toasts = new Toasts();
  toasts.show('bad', 'It failed.');
  toasts.show('info', 'It changed.');
  vi.advanceTimersByTime(3_600_000);
  expect(texts(toasts)).toEqual(['It failed.']);
});

it('lets everything go where nobody is there to dismiss it, also what was there before', () => {
  const toasts = new Toasts();
  toasts.show('bad', 'It failed before.');
  toasts.unattended = true;
  toasts.show('bad', 'It failed.');
  vi.advanceTimersByTime(1_000);
  expect(texts(toasts)).toHaveLength(2);
  vi.advanceTimersByTime(60_000);
  expect(texts(toasts)).toEqual([]);
  toasts.show('bad', 'It failed again.');
  toasts.unattended = false;
  vi.advanceTimersByTime(3_600_000);
  expect(texts(toasts)).toEqual(['It failed again.']);
});
