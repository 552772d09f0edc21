import { describe, expect, it } from 'vitest';
import { safeReturnTo } from './return-to';

const origin = 'http://localhost:4000';

describe('safeReturnTo', () => {
  it.each(['/', '/d/sales', '/l/abc?mode=edit#p1', '/d/sales?next=https://example.com/'])('keeps the path %s', (path) => {
    expect(safeReturnTo(path, origin)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'd/sales',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\u0000',
    '/\u0085/evil.example',
    'https://evil.example/',
    'http://localhost:4000@evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    ' /d/sales',
    '@evil.example',
  ])('sends %j home', (path) => {
    expect(safeReturnTo(path, origin)).toBe('/');
  });
});
