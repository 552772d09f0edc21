import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount } from '../../testing/mounting';
import { PersonPicker } from './PersonPicker';

const sales = { id: 'sales', title: 'Sales', layout: null, layouts: [] };

async function type(text: string, taken: string[] = []): Promise<void> {
  mount(
    <PersonPicker
      rules={{ people: false, department: true, company: false }}
      departments={[sales]}
      ownName="Alex Lin"
      taken={new Set(taken)}
      choose={vi.fn()}
    />,
  );
  await userEvent.fill(page.getByRole('combobox', { name: 'Add people and departments' }), text);
}

it('does not look for people where one shares with departments alone, and says so', async () => {
  await type('Nobody');
  await expect.element(page.getByText(/^None of your departments is called so\./)).toBeVisible();
  expect(page.getByText('Looking…').elements()).toEqual([]);
});

it('finds departments there', async () => {
  await type('sal');
  await expect.element(page.getByRole('option', { name: /Sales/ })).toBeVisible();
});

it('says there that a department has access already', async () => {
  await type('sal', ['department:sales']);
  await expect.element(page.getByText('Sales has access already.')).toBeVisible();
});
