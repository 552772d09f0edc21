import { describe, expect, it } from 'vitest';
import { QuietReload } from './quiet-reload';

/** A page on which time passes by hand. */
function pageWith() {
  let now = 0;
  let planned: { at: number; run: () => void } | undefined;
  const page = { left: 0, calm: true, offers: 0, pass, use: () => reload.touched() };
  const reload = new QuietReload({
    clock: {
      now: () => now,
      schedule: (wait, run) => {
        planned = { at: now + wait, run };
        return () => undefined;
      },
    },
    leftBehind: () => page.left,
    calm: () => page.calm,
    offer: () => {
      page.offers += 1;
    },
  });
  function pass(seconds: number): void {
    const until = now + seconds * 1_000;
    while (planned && planned.at <= until) {
      now = planned.at;
      planned.run();
    }
    now = until;
  }
  return page;
}

describe('a page that has followed many versions', () => {
  it('is offered anew when nobody has touched it for a minute, and not before', () => {
    const page = pageWith();
    page.pass(600);
    page.use();
    page.left = 20;
    page.pass(59);
    page.use();
    page.pass(59);
    expect(page.offers).toBe(0);
    page.pass(11);
    expect(page.offers).toBe(1);
  });

  it('is not offered anew while somebody is in the middle of something, however long they pause', () => {
    const page = pageWith();
    page.left = 20;
    page.calm = false;
    page.pass(3_600);
    expect(page.offers).toBe(0);
    page.calm = true;
    page.pass(10);
    expect(page.offers).toBe(1);
  });

  it('is not offered anew for a few versions, nor a second time for the same ones', () => {
    const page = pageWith();
    page.left = 19;
    page.pass(600);
    expect(page.offers).toBe(0);
    page.left = 20;
    page.pass(600);
    page.left = 39;
    page.pass(600);
    expect(page.offers).toBe(1);
    page.left = 40;
    page.pass(600);
    expect(page.offers).toBe(2);
  });
});
