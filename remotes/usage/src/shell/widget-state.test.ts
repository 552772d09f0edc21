import { describe, expect, it } from 'vitest';
import { readWidgetState } from './widget-state';

describe('what a swap keeps', () => {
  it('comes back as it was', () => {
    const widgetState = {
      ...readWidgetState(undefined),
      site: 'shop',
      view: 'funnel' as const,
      preset: '30d' as const,
      follow: false,
      brush: { from: 1, to: null },
      heard: { from: null, to: 2 },
      bucket: 'week' as const,
      comparison: 'year' as const,
      filters: [{ dimension: 'path' as const, value: '/' }],
      metric: 'visitors' as const,
      asTable: true,
      breakdowns: [{ group: 'pages' as const, part: 'entries' as const }, null],
      unit: 'month' as const,
    };
    expect(readWidgetState(JSON.parse(JSON.stringify(widgetState)))).toEqual(widgetState);
  });

  it('written by another version is read as far as it makes sense', () => {
    const older = readWidgetState({
      preset: 'century',
      brush: { from: 'x' },
      heard: { from: 1 },
      filters: [{ dimension: 'path', value: '/' }],
      asTable: true,
      view: 7,
      breakdowns: 'no',
    });
    expect(older).toMatchObject({
      preset: null,
      brush: null,
      heard: null,
      view: null,
      asTable: true,
      filters: [{ dimension: 'path', value: '/' }],
      breakdowns: [null, null],
    });
    expect(readWidgetState(null).filters).toEqual([]);
  });
});
