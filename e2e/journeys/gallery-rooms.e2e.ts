/** Rooms and dialogs as they are when the services answer with nothing, not yet, or with a problem: what a demo full of data never shows. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DIALOGS, ROOMS } from '../../host/src/development/gallery/states';
import { skippedHeadings } from '../harness/axe';
import { isWithin } from '../harness/edges';
import { DESK, PHONE, type ServedGallery, serveGallery } from '../harness/gallery';
import { inBothThemes } from '../harness/themes';

let gallery: ServedGallery;
beforeAll(async () => {
  gallery = await serveGallery();
  // Where events go, and where a layout's data would come from: no part of the APIs.
  gallery.visitors.watch.expect(/\/t\/events\)$/, /\/data\/\)$/);
});
afterEach(() => expect(gallery?.visitors.watch.take() ?? []).toEqual([]));
afterAll(() => gallery?.close());

describe.each(['nothing', 'late', 'refused'] as const)('where the services answer with %s', (answers) => {
  const places = [
    ...ROOMS.map((room) => ({ name: `room ${room}`, query: { room, answers }, seen: '#stage h1' })),
    ...DIALOGS.map((dialog) => ({ name: `dialog ${dialog}`, query: { room: '/preferences', dialog, answers }, seen: '[role="dialog"]' })),
  ];

  it.each(places)('$name is well in both themes, and fits a phone', async ({ name, query, seen }) => {
    const { page } = await gallery.visitors.newcomer({ viewport: DESK });
    await page.goto(`/development/gallery?${new URLSearchParams(query)}`);
    await page.locator(seen).first().waitFor();
    await inBothThemes(page, `gallery ${name.replaceAll('/', ' ').trim()} ${answers}`);
    expect(await skippedHeadings(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await isWithin(page)).toBe(true);
    await page.context().close();
  });
});
