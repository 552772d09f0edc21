import { DataError } from '@datamesh/widget-sdk';
import { describe, expect, it } from 'vitest';
import { describeQueryError, withinSentence } from './query-error';

describe('a query’s error', () => {
  it('that asking again cannot mend does not offer it', () => {
    expect(describeQueryError(new DataError('too_many_events', 'More than 2,000,000', 422), 'shop')).toMatchObject({
      title: 'Too many events match the steps',
      retryable: false,
    });
  });

  it.each([
    ['pinot_unreachable', 503],
    ['pinot_refused', 502],
  ])('of the store is not the reader’s: %s', (code, status) => {
    const queryError = describeQueryError(new DataError(code, 'Its operator has to look at PINOT_TOKEN.', status), 'shop');
    expect(queryError).toMatchObject({ title: 'The store of visits does not answer as it should', retryable: true });
    expect(queryError.action).not.toContain('PINOT');
  });

  it('within a sentence keeps the name of the site as it is written', () => {
    expect(withinSentence(describeQueryError(new DataError('site_unknown', '', 404), 'Shop EU').title)).toBe(
      'the visits of “Shop EU” are not yours to see',
    );
  });
});
