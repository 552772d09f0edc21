import { expect, it } from 'vitest';
import { readSeen } from './seen';

const item = { spec: 'notes@stable', name: 'notes', version: '1.2.0', base: '/remotes/notes/1.2.0/' };
const layout = { id: 'l1', tree: { type: 'stack', active: 0, panels: ['p1'] }, panels: { p1: { widget: 'notes@stable' } } };
const session = { user: { id: 'casey', roles: ['viewer'] }, departments: [] };

/** As a page writes it, but for what is said. */
const written = (other: { layout?: object; session?: object; place?: object; resolution?: unknown } = {}): string =>
  JSON.stringify({
    at: '2026-11-27T09:31:00.000Z',
    session: { ...session, ...other.session },
    place: {
      kind: 'layout',
      path: '/d/sales',
      pin: null,
      answer: { layout: { ...layout, ...other.layout }, resolution: 'resolution' in other ? other.resolution : [item] },
      ...other.place,
    },
  });

it('is what a page wrote, also of a layout whose versions are not known', () => {
  expect(readSeen(written())?.place.path).toBe('/d/sales');
  expect(readSeen(written({ resolution: undefined }))?.at).toBe('2026-11-27T09:31:00.000Z');
  expect(
    readSeen(written({ resolution: [{ spec: 'gone@stable', error: { code: 'widget_unknown', detail: 'There is none.' } }] })),
  ).toBeDefined();
});

it('is nothing that a page could not open', () => {
  for (const text of ['null', '[]', '1', '"text"', '{}', '{"at":1,"session":{},"place":{}}']) expect(readSeen(text), text).toBeUndefined();
  for (const other of [
    { session: { departments: null } },
    { session: { user: null } },
    { layout: { tree: null } },
    { layout: { panels: null } },
    { layout: { id: 7 } },
    { place: { kind: 'library' } },
    { place: { answer: null } },
    { resolution: {} },
    { resolution: [null] },
  ])
    expect(readSeen(written(other)), JSON.stringify(other)).toBeUndefined();
  expect(() => readSeen('no JSON')).toThrow(SyntaxError);
});

it('runs nothing from elsewhere than where published files of that name and version are', () => {
  for (const other of [
    { base: '/remotes/other/1.2.0/' },
    { base: 'https://elsewhere.test/notes/1.2.0/' },
    { base: '//elsewhere.test/' },
    { name: '../data', base: '/remotes/../data/1.2.0/' },
    { version: '1/../../../data', base: '/remotes/notes/1/../../../data/' },
  ])
    expect(readSeen(written({ resolution: [{ ...item, ...other }] })), JSON.stringify(other)).toBeUndefined();
});
