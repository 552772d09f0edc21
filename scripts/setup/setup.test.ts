import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isNewEnough } from './node-version.mjs';
import { requireFreePorts } from './ports.mjs';

describe('Node’s version', () => {
  it.each([
    ['20.19.4', true],
    ['20.20.0', true],
    ['22.0.0', true],
    ['20.19.3', false],
    ['18.99.99', false],
  ])('%s: %s', (version, right) => expect(isNewEnough(version)).toBe(right));
});

describe('ports', () => {
  it('names the port that is taken, what it is for and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      const wanted = [{ port, name: 'tracker', variable: 'PORT_TRACKER' }];
      await expect(requireFreePorts(wanted)).rejects.toThrow(
        `Port ${port} (tracker) is taken: stop what uses it, or choose another with PORT_TRACKER.`,
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    await expect(requireFreePorts([{ port, name: 'tracker', variable: 'PORT_TRACKER' }])).resolves.toBeUndefined();
  });
});
