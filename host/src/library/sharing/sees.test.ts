import type { AccessEntry } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { dataWords, seesWords, sourcesIn } from './sees';

const casey: AccessEntry = { to: 'user:casey', name: 'Casey Brooks', may: 'view', why: 'grant' };
const sales: AccessEntry = { to: 'department:sales', name: 'Sales', may: 'view', why: 'grant' };

it('says of each whom a layout is shared with what they see and may do', () => {
  expect(seesWords(casey)).toMatch(/^Casey Brooks sees it as it was saved last\./);
  expect(seesWords({ ...casey, may: 'edit' })).toBe('Casey Brooks changes it for everybody, and can neither share nor delete it.');
  expect(seesWords(sales)).toMatch(/^Everybody in Sales sees it/);
  expect(seesWords({ ...sales, may: 'edit' })).toMatch(/^Everybody in Sales changes it for everybody\./);
  expect(seesWords({ ...sales, why: 'department' })).toMatch(/Power users there change it for everybody\.$/);
  expect(seesWords({ to: 'company', name: '', may: 'view', why: 'company' })).toMatch(/^Everybody who signs in/);
});

it('says nothing of who sees it anyway', () => {
  for (const why of ['owner', 'admin', 'pinned'] as const) expect(seesWords({ ...casey, why })).toBeNull();
});

it('says which of the layout’s data they may read, as far as it is known', () => {
  const known = [
    { source: 'markets', tables: [], departments: ['*'] },
    { source: 'crm', tables: [], departments: ['sales', 'risk'] },
    { source: 'unused', tables: [], departments: ['*'] },
  ];
  const used = sourcesIn(
    {
      table: { widget: 'data-table@stable', settings: { source: 'markets/instruments.json', rows: 10 } },
      list: { widget: 'data-table@stable', settings: { source: 'crm', title: 'unused as a word' } },
      notes: { widget: 'notes@stable' },
    },
    known,
  );
  expect(used.map(({ source }) => source)).toEqual(['markets', 'crm']);
  const titleOf = (id: string): string => id.toUpperCase();
  expect(dataWords(sales, used, titleOf)).toEqual(['They may read data of markets and crm.']);
  expect(dataWords({ to: 'department:operations' }, used, titleOf)).toEqual([
    'They may read data of markets.',
    'What shows data of crm stays empty for them.',
  ]);
  for (const to of [casey.to, 'company'])
    expect(dataWords({ to }, used, titleOf)).toEqual([
      'They may read data of markets.',
      'What shows data of crm stays empty for whoever is not in SALES and RISK.',
    ]);
  expect(dataWords(casey, [], titleOf)).toEqual([]);
});
