import { expect, it } from 'vitest';
import { readConfig } from './config';
import { createLog } from './log';
import type { PublishOutcome } from './publish-apart';
import { Sidecar } from './sidecar';
import { WidgetNotThere } from './widget-source';

it('looks for the widget of its own pod at short intervals, and says once that it waits', async () => {
  const lines: string[] = [];
  let looked = 0;
  let published = false;
  const sidecar = new Sidecar({
    config: readConfig({ REGISTRY_URL: 'http://127.0.0.1:1', POD_UID: 'u', POD_NAME: 'notes-1', POD_NAMESPACE: 'team-platform' }),
    source: {
      folder: async () => {
        looked += 1;
        // With waits that double that would be two minutes and more.
        if (looked <= 13) throw new WidgetNotThere('it does not answer');
        return { path: '/nowhere', release: async () => {} };
      },
      serves: async () => true,
    },
    kubernetes: { rollout: async () => ({ deployment: { uid: 'd', name: 'notes' }, revision: 1 }) },
    publish: async (): Promise<PublishOutcome> => {
      published = true;
      return { refused: { code: 'x', detail: 'no', status: 400 } };
    },
    log: createLog(
      (line) => lines.push(line),
      () => new Date(0),
    ),
    random: () => 1,
  });
  const running = sidecar.run();
  await expect.poll(() => published, { timeout: 90_000 }).toBe(true);
  await sidecar.stop();
  await running;
  expect(lines.filter((line) => line.includes('waiting for the widget'))).toHaveLength(1);
});
