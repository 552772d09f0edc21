import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { UnderWay } from './under-way';

const answer = (): ServerResponse & { body: number[] } =>
  Object.assign(new EventEmitter() as ServerResponse, { body: new Array<number>(1000).fill(0) });

it('has what is not closed yet, whichever of them ends first', () => {
  const answers = new UnderWay();
  const [first, second, third] = [answer(), answer(), answer()];
  for (const each of [first, second, third]) answers.add(each);
  first.emit('close');
  expect([...answers]).toEqual([third, second]);
  third.emit('close');
  third.emit('close');
  expect([...answers]).toEqual([second]);
  second.emit('close');
  expect(answers.size).toBe(0);
});

it('keeps nothing of what is closed over a young collection', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;
  const answers = new UnderWay();
  const open: ServerResponse[] = [];
  const serve = (requests: number): void => {
    for (let index = 0; index < requests; index++) {
      const next = answer();
      answers.add(next);
      open.push(next);
      // As many at once as a load generator has connections.
      if (open.length > 64) open.shift()?.emit('close');
      if (index % 200 === 0) collect({ type: 'minor' });
    }
  };
  serve(1000);
  collect({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  serve(5000);
  collect({ type: 'minor' });
  // Of 40 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(8e6);
});
