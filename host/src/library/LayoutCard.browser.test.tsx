import type { LayoutSummary, Lineage } from '@datamesh/contracts';
import { GridList } from 'react-aria-components/GridList';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { mount } from '../testing/mounting';
import { Store } from '../ui/store';
import { LayoutCard } from './LayoutCard';

const layout = (lineage: Lineage): LayoutSummary => ({
  ...{ id: 'copy', title: 'Mine', owner: 'user:casey', ownerName: 'Casey', department: null, visibility: 'private', revision: 1 },
  ...{ updatedAt: '2026-11-02T08:14:30.000Z', updatedBy: 'user:casey', updatedByName: 'Casey', mayEdit: true, starred: false, lineage },
});
const original = { layout: 'original', title: 'Markets morning', owner: 'user:alex', ownerName: 'Alex' };

function show(lineage: Lineage) {
  const [open, go, nothing] = [vi.fn(), vi.fn(), () => undefined];
  const store = new Store({ session: { departments: [] } });
  const controller = { store, go, openDialog: nothing } as unknown as DashboardController;
  mount(
    <GridList aria-label="Layouts" keyboardNavigationBehavior="tab" selectionMode="none" items={[layout(lineage)]} onAction={open}>
      {(one) => (
        <LayoutCard
          controller={controller}
          layout={one}
          tree={undefined}
          mine
          pinnedBy={undefined}
          openedBy={undefined}
          actions={[]}
          star={nothing}
          restore={nothing}
          removeForEver={nothing}
        />
      )}
    </GridList>,
  );
  return { open, go };
}

it('leads from a copy to its original, by pointer and by keyboard, without opening the copy', async () => {
  const { open, go } = show({ copiedFrom: { revision: 4, original }, copies: 0 });
  await expect.element(page.getByText('Copied from Markets morning by Alex')).toBeVisible();
  const link = page.getByRole('link', { name: 'Markets morning' });
  expect(link.element().getAttribute('href')).toBe('/l/original');
  await userEvent.click(link);
  link.element().focus();
  await userEvent.keyboard('{Enter}');
  expect(go.mock.calls).toEqual([['/l/original'], ['/l/original']]);
  expect(open).not.toHaveBeenCalled();
  await userEvent.click(page.getByText('Mine'));
  expect(open).toHaveBeenCalledOnce();
});

it('says that it is a copy where the original cannot be opened, and how many copies there are where that is told', async () => {
  show({ copiedFrom: { revision: 4, original: null }, copies: 3 });
  await expect.element(page.getByText('Copied from a layout that you cannot open')).toBeVisible();
  expect(page.getByRole('link').elements()).toEqual([]);
  await expect.element(page.getByText('3 copies')).toBeVisible();
});

it('says nothing of copies where there are none', async () => {
  show({ copiedFrom: null, copies: 0 });
  await expect.element(page.getByText('Mine')).toBeVisible();
  expect(page.getByText(/cop/i).elements()).toEqual([]);
});
