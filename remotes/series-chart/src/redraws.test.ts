import { describe, expect, it } from 'vitest';
import { type Redraw, Redraws } from './redraws';

/** Charts that take as long as they are said to, and frames that come when they are called. */
function page(cost: number) {
  let time = 0;
  let frame: (() => void) | undefined;
  const done: string[] = [];
  const redraws = new Redraws(
    (run) => {
      frame = run;
    },
    () => time,
  );
  const chart = (name: string): Redraw => ({
    draw: () => {
      time += cost;
      done.push(name);
    },
    stretch: () => done.push(`(${name})`),
  });
  return {
    redraws,
    chart,
    take: () => done.splice(0).join(' '),
    next: () => {
      const run = frame;
      frame = undefined;
      run?.();
      return run !== undefined;
    },
  };
}

describe('charts whose size changes', () => {
  it('are drawn at once as long as a frame has time for it; the others are stretched, and drawn in the next', () => {
    const { redraws, chart, take, next } = page(2);
    for (const name of ['a', 'b', 'c', 'd']) redraws.ask(chart(name));
    expect(take()).toBe('a b (c) (d)');
    next();
    expect(take()).toBe('c d');
  });

  it('take turns while all of them change in every frame', () => {
    const { redraws, chart, take, next } = page(4);
    const all = ['a', 'b', 'c'].map(chart);
    const drawn: string[] = [];
    for (let frame = 0; frame < 6; frame++) {
      next();
      for (const one of all) redraws.ask(one);
      drawn.push(take());
    }
    expect(drawn).toEqual(['a (b) (c)', 'b (a) (b) (c)', 'c (a) (b) (c)', 'a (a) (b) (c)', 'b (a) (b) (c)', 'c (a) (b) (c)']);
  });

  it('all come to be drawn once it is over, and then nothing goes on', () => {
    const { redraws, chart, take, next } = page(9);
    for (const name of ['a', 'b', 'c']) redraws.ask(chart(name));
    let frames = 0;
    while (frames < 20 && next()) frames += 1;
    expect(take()).toBe('a (b) (c) b c');
    expect(frames).toBeLessThan(20);
  });

  it('are not drawn any more once they are gone', () => {
    const { redraws, chart, take, next } = page(9);
    const [a, b] = [chart('a'), chart('b')];
    redraws.ask(a);
    redraws.ask(b);
    redraws.forget(b);
    next();
    expect(take()).toBe('a (b)');
  });
});
