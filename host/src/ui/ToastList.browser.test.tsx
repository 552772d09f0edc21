import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { afterwards, mount } from '../testing/mounting';
import { ToastList } from './ToastList';
import { Toasts } from './toasts';

function shown(): Toasts {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  afterwards(() => vi.useRealTimers());
  const toasts = new Toasts();
  mount(<ToastList toasts={toasts} />);
  return toasts;
}

const texts = (): (string | null)[] => [...document.querySelectorAll('.toast p')].map(({ textContent }) => textContent);

it('is there before it has anything to say, so that what comes is read out', () => {
  shown();
  const region = page.getByRole('region', { name: 'News' });
  expect(region.element().getAttribute('aria-live')).toBe('polite');
});

it('interrupts for what went wrong only, which stays', async () => {
  const toasts = shown();
  toasts.show('good', 'Saved');
  toasts.show('bad', 'Not saved');
  await expect.element(page.getByRole('alert')).toHaveTextContent('Not saved');
  vi.advanceTimersByTime(60_000);
  await expect.poll(texts).toEqual(['Not saved']);
});

it('does not go while the pointer or the keyboard is on it', async () => {
  const toasts = shown();
  toasts.show('info', 'Deleted', { label: 'Undo', run: () => undefined });
  toasts.show('info', 'Renamed');
  await expect.poll(texts).toEqual(['Deleted', 'Renamed']);
  await userEvent.hover(page.getByText('Renamed'));
  page.getByRole('button', { name: 'Undo' }).element().focus();
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['Deleted', 'Renamed']);
  await userEvent.unhover(page.getByText('Renamed'));
  vi.advanceTimersByTime(6_000);
  await expect.poll(texts).toEqual(['Deleted']);
});

it('is gone before what it offers is done, once', async () => {
  const toasts = shown();
  const run = vi.fn(() => expect(toasts.store.getSnapshot().items).toEqual([]));
  toasts.show('info', 'Deleted', { label: 'Undo', run });
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  expect(run).toHaveBeenCalledOnce();
});

it('offers each of what can be done, and waits longer for it', async () => {
  const toasts = shown();
  const [give, decline] = [vi.fn(), vi.fn()];
  toasts.show('info', 'Casey asks', { label: 'Give access', run: give }, { label: 'Decline', run: decline });
  await expect.element(page.getByRole('button', { name: 'Give access' })).toBeVisible();
  vi.advanceTimersByTime(6_000);
  await userEvent.click(page.getByRole('button', { name: 'Decline' }));
  expect([give, decline].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  expect(texts()).toEqual([]);
});

it('shows each text once, and no more than four', async () => {
  const toasts = shown();
  for (const text of ['one', 'two', 'three', 'two', 'four', 'five']) toasts.show('info', text);
  await expect.poll(texts).toEqual(['three', 'two', 'four', 'five']);
});
