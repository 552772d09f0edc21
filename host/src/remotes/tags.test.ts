import { describe, expect, it } from 'vitest';
import { tagFor } from './tags';

const widget = (version: string, bytes: string) => ({
  name: 'series-chart',
  version,
  entry: 'dist/remoteEntry.mjs',
  integrity: { 'dist/remoteEntry.mjs': `sha384-${btoa(bytes)}` },
});

describe('a tag', () => {
  it('is a valid custom element name that says version and bytes', () => {
    expect(tagFor(widget('1.4.0-dev.3F', 'abcd…'.slice(0, 4)))).toBe('series-chart-1-4-0-dev-3f-61626364');
  });

  it('differs for other bytes of the same version', () => {
    expect(tagFor(widget('1.0.0', 'aaaa'))).not.toBe(tagFor(widget('1.0.0', 'bbbb')));
  });
});
