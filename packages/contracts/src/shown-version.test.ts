import { expect, it } from 'vitest';
import { shownVersion } from './shown-version';

it('leaves out what only a machine reads in a version', () => {
  expect(shownVersion('1.0.0-dev.560fa1c2d3e4')).toBe('1.0.0 in development');
  expect(shownVersion('2.1.0-dev')).toBe('2.1.0 in development');
  for (const version of ['1.4.0', '2.0.0-beta.1', '2.0.0-device.1', 'stable']) expect(shownVersion(version)).toBe(version);
});
