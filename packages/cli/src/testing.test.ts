import { afterEach, expect, it, vi } from 'vitest';
import { openWorkbench } from './testing';

afterEach(() => vi.unstubAllEnvs());

it('a browser test says that there is no browser, before it looks at anything else', async () => {
  vi.stubEnv('PATH', '');
  vi.stubEnv('CHROMIUM_PATH', '');
  await expect(openWorkbench('nowhere')).rejects.toMatchObject({
    code: 'chromium_missing',
    message: expect.stringContaining('nothing was tested in a browser'),
  });
});

it('what publishing would refuse is said by its code', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/usr/bin/chromium');
  await expect(openWorkbench(import.meta.dirname)).rejects.toMatchObject({ code: 'folder_unreadable' });
});
