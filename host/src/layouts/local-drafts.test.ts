import { emptyLayout } from '@datamesh/layout';
import { expect, it } from 'vitest';
import { localDrafts } from './local-drafts';
import { testStorage } from './testing/around-session';

it('has one of each page, and that of an earlier version, of this person and layout alone', () => {
  const storage = testStorage();
  const draft = { base: 1, content: emptyLayout('Morning'), updatedAt: new Date(0).toISOString() };
  storage.setItem('dm.draft.alex.one', JSON.stringify(draft));
  storage.setItem('dm.draft.alex.one.half', '{"base":');
  const drafts = localDrafts('alex', storage);
  drafts.write('one', { ...draft, page: 'a' });
  drafts.write('one', { ...draft, page: 'b' });
  drafts.write('one-more', { ...draft, page: 'c' });
  localDrafts('robin', storage).write('one', { ...draft, page: 'd' });
  const pages = (): string[] => drafts.read('one').map(({ page }) => page);
  expect(pages()).toEqual(['', 'a', 'b']);
  for (const page of ['', 'a']) drafts.remove('one', page);
  expect(pages()).toEqual(['b']);
});
