import { describe, expect, it } from 'vitest';
import { takePath, withPath } from './context-path';

describe('paths into a context', () => {
  it('takes what stands there, and nothing that is inherited', () => {
    expect(takePath({ id: { ticker: 'AAPL' } }, 'id.ticker')).toBe('AAPL');
    expect(takePath({ id: 'AAPL' }, 'id.ticker')).toBeUndefined();
    expect(takePath({}, 'constructor.name')).toBeUndefined();
  });

  it('puts a value in, making the objects on the way and changing no input', () => {
    const context = { type: 'fdc3.instrument', id: { isin: 'US' } };
    expect(withPath(context, 'id.ticker', 'AAPL')).toEqual({ type: 'fdc3.instrument', id: { isin: 'US', ticker: 'AAPL' } });
    expect(context.id).toEqual({ isin: 'US' });
    expect(withPath({}, 'id.iata', 'ATL')).toEqual({ id: { iata: 'ATL' } });
  });

  it('what was put is what is taken', () => {
    for (const path of ['a', 'a.b', 'id.deep.er']) expect(takePath(withPath({ id: 1 }, path, 7), path)).toBe(7);
  });
});
