import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount } from '../testing/mounting';
import { Menu, type MenuItem } from './Menu';

const items = (...labels: string[]): MenuItem[] => labels.map((label) => ({ label, run: () => undefined }));
const button = page.getByRole('button', { name: 'Account' });
const menu = page.getByRole('menu', { name: 'Account' });
const focused = (): string | null | undefined => document.activeElement?.querySelector('.menu-label')?.textContent;

const show = (all: MenuItem[], align: 'start' | 'end' = 'start') =>
  mount(
    <>
      <Menu label="Account" button="A" items={all} align={align} />
      <button type="button">Next</button>
    </>,
  );

it('opens with the keyboard in its first entry, and gives it back on Escape', async () => {
  show(items('Profile', 'Theme', 'Sign out'));
  await userEvent.click(button);
  await expect.element(menu).toBeVisible();
  await expect.poll(focused).toBe('Profile');
  await userEvent.keyboard('{Escape}');
  await expect.element(menu).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
});

it('opens on an arrow, at what is chosen', async () => {
  const choice = ['Light', 'Dark', 'System'].map((label) => ({ label, checked: label === 'Dark', run: () => undefined }));
  show(choice);
  button.element().focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(focused).toBe('Dark');
  await expect.element(page.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked();
});

it('goes round with arrows, and to the ends with Home and End', async () => {
  show(items('Profile', 'Theme', 'Sign out'));
  await userEvent.click(button);
  await expect.poll(focused).toBe('Profile');
  for (const [key, to] of [
    ['ArrowDown', 'Theme'],
    ['ArrowDown', 'Sign out'],
    ['ArrowDown', 'Profile'],
    ['ArrowUp', 'Sign out'],
    ['Home', 'Profile'],
    ['End', 'Sign out'],
  ]) {
    await userEvent.keyboard(`{${key}}`);
    expect(focused(), key).toBe(to);
  }
});

it('runs what is chosen, closed and with the keyboard back where it came from', async () => {
  const run = vi.fn(() => expect(document.querySelector('[role=menu]:popover-open')).toBeNull());
  show([...items('Profile'), 'separator', { label: 'Sign out', tone: 'bad', run }]);
  await userEvent.click(button);
  await userEvent.keyboard('{End}{Enter}');
  await expect.poll(() => run.mock.calls.length).toBe(1);
  await expect.element(button).toHaveFocus();
});

it('closes when the keyboard leaves it or the pointer is elsewhere', async () => {
  show(items('Profile'));
  await userEvent.click(button);
  await expect.poll(focused).toBe('Profile');
  await userEvent.keyboard('{Tab}');
  await expect.element(menu).not.toBeInTheDocument();
  await userEvent.click(button);
  await expect.element(menu).toBeVisible();
  await userEvent.click(document.body, { position: { x: 600, y: 500 } });
  await expect.element(menu).not.toBeInTheDocument();
});

it('keeps what links can do', async () => {
  const run = vi.fn();
  show([{ label: 'Layouts', href: '#layouts', run }]);
  await userEvent.click(button);
  const link = page.getByRole('menuitem', { name: 'Layouts' });
  expect(link.element().getAttribute('href')).toBe('#layouts');
  await userEvent.click(link);
  expect(run).toHaveBeenCalledOnce();
  expect(location.hash).toBe('');
});

it.each(['start', 'end'] as const)('lies under its button and within the window, at its %s', async (align) => {
  show(items('A name that is as long as those of some departments'), align);
  const trigger = button.element();
  Object.assign(trigger.style, { position: 'fixed', top: '40px', left: align === 'start' ? `${innerWidth - 40}px` : '0px' });
  await userEvent.click(button);
  await expect.element(menu).toBeVisible();
  const [from, list] = [trigger.getBoundingClientRect(), menu.element().getBoundingClientRect()];
  expect(list.top).toBe(from.bottom + 4);
  expect(list.left).toBeGreaterThanOrEqual(8);
  expect(list.right).toBeLessThanOrEqual(innerWidth - 8);
});

it('stays at its button when the window gets another size, and lets go of it with its end', async () => {
  show(items('Profile', 'Theme'), 'end');
  const trigger = button.element() as HTMLElement;
  Object.assign(trigger.style, { position: 'fixed', top: '40px', right: '20px' });
  await userEvent.click(button);
  await expect.element(menu).toBeVisible();
  const { innerWidth: width, innerHeight: height } = window;
  const list = menu.element() as HTMLElement;
  const [right, bottom] = [() => list.getBoundingClientRect().right, () => list.getBoundingClientRect().bottom];
  await page.viewport(width - 300, height);
  await expect.poll(right).toBe(width - 320);
  // No room below: above.
  Object.assign(trigger.style, { top: 'auto', bottom: '20px' });
  await page.viewport(width, height);
  await expect.poll(bottom).toBe(trigger.getBoundingClientRect().top - 4);
  await userEvent.keyboard('{Escape}');
  const place = list.style.left;
  await page.viewport(width - 300, height);
  expect(list.style.left).toBe(place);
  await page.viewport(width, height);
});
