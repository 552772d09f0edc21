import { expect, it } from 'vitest';
import { formatValue } from './format-value';

it('says which version a panel is at without what only a machine reads', () => {
  const panel = (widget: string, title: string | null = null) => ({ widget, title, settings: {}, channel: null, direction: 'both' });
  expect(formatValue(panel('series-chart@1.0.0-dev.560fa1c2d3e4', 'Prices'))).toBe('Prices (1.0.0 in development)');
  expect(formatValue(panel('series-chart@stable'))).toBe('series-chart (stable)');
  expect(formatValue('series-chart@1.0.0-dev.560fa1c2d3e4')).toBe('“series-chart@1.0.0 in development”');
  for (const text of ['2.1.0-dev.1', 'a@b.example', '1.4.0']) expect(formatValue(text)).toBe(`“${text}”`);
});
