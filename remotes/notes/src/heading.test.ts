import { describe, expect, it } from 'vitest';
import { headingOf } from './heading';

const settings = { heading: 'Notes', follow: true };

describe('heading', () => {
  it('is as written while nothing is selected, or when it does not follow', () => {
    expect(headingOf(settings, null, null)).toEqual({ lead: 'Notes', subject: '', code: '' });
    expect(headingOf({ ...settings, follow: false }, 'Apple', 'AAPL')).toEqual({ lead: 'Notes', subject: '', code: '' });
  });

  it('names what is selected', () => {
    expect(headingOf(settings, 'Apple', 'AAPL')).toEqual({ lead: 'Notes on', subject: 'Apple', code: 'AAPL' });
    expect(headingOf({ ...settings, heading: ' ' }, 'Apple', null)).toEqual({ lead: '', subject: 'Apple', code: '' });
  });

  it('uses the code where there is no name, once', () => {
    expect(headingOf(settings, null, 'AAPL')).toEqual({ lead: 'Notes on', subject: 'AAPL', code: '' });
    expect(headingOf(settings, 'IBM', 'IBM')).toEqual({ lead: 'Notes on', subject: 'IBM', code: '' });
  });
});
