import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from './pattern';
import { claimAt, covers, type Trust } from './trust';

describe('a pattern', () => {
  it.each([
    ['system:serviceaccount:markets:chart', 'system:serviceaccount:markets:chart', true],
    ['system:serviceaccount:markets:chart', 'system:serviceaccount:markets:charts', false],
    ['system:serviceaccount:markets:*', 'system:serviceaccount:markets:chart', true],
    ['system:serviceaccount:*:chart', 'system:serviceaccount:markets:chart', true],
    ['system:serviceaccount:*', 'system:serviceaccount:markets:chart', false],
    ['system:**', 'system:serviceaccount:markets:chart', true],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/chart:ref:refs/heads/main', true],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/chart/evil:ref:refs/heads/main', false],
    ['repo:acme/*', 'repo:acme/', true],
    ['', '', true],
    ['', 'x', false],
    ['*', '', true],
    ['a.c', 'abc', false],
    ['chart', 'Chart', false],
  ])('%j on %j: %s', (pattern, text, result) => expect(matches(pattern, text)).toBe(result));

  it('without a star matches itself and nothing else', () => {
    const plain = fc.string({ maxLength: 12 }).filter((text) => !text.includes('*'));
    fc.assert(fc.property(plain, plain, (a, b) => matches(a, b) === (a === b)));
  });

  it('agrees with the same pattern as a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '*'), maxLength: 8 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 10 });
    fc.assert(
      fc.property(letters, texts, (pattern, text) => {
        const source = pattern
          .replace(/\*{2,}/g, '\0')
          .replace(/\*/g, '[^:/]*')
          .replaceAll('\0', '.*');
        expect(matches(pattern, text)).toBe(new RegExp(`^${source}$`, 's').test(text));
      }),
    );
  });

  it('of many stars takes no time that could be used against us', () => {
    expect(matches(`${'*a'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('a claim by its path', () => {
  const claims = { ref: 'refs/heads/main', 'kubernetes.io': { namespace: 'markets', pod: { uid: 'p-1' } }, n: 3, list: ['a'], '': 'empty' };
  it.each([
    ['ref', 'refs/heads/main'],
    ['kubernetes.io.namespace', 'markets'],
    ['kubernetes.io.pod.uid', 'p-1'],
    ['n', '3'],
    ['list', undefined],
    ['kubernetes.io', undefined],
    ['kubernetes.io.pod.name', undefined],
    ['constructor', undefined],
    ['__proto__.x', undefined],
  ])('%s', (path, value) => expect(claimAt(claims, path)).toBe(value));
});

describe('a trust', () => {
  const trust: Trust = {
    id: 't',
    team: 'markets-data',
    widget: 'series-chart',
    issuer: 'https://kubernetes.default.svc',
    subject: 'system:serviceaccount:markets:series-chart',
    claims: { 'kubernetes.io.namespace': 'markets' },
    may: ['publish', 'register'],
    channels: ['stable'],
    createdBy: 'token:t',
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const workload = { issuer: trust.issuer, subject: trust.subject, claims: { 'kubernetes.io': { namespace: 'markets' } } };
  const wish = { widget: 'series-chart', action: 'register' as const, channel: 'stable' };

  it('lets its workload do what it says', () => {
    expect(covers(trust, workload, wish)).toBe(true);
    expect(covers({ ...trust, widget: null }, workload, { ...wish, widget: 'notes' })).toBe(true);
    expect(covers(trust, workload, { widget: 'series-chart', action: 'publish', channel: null })).toBe(true);
  });

  it.each([
    ['another widget', { ...wish, widget: 'notes' }, workload],
    ['another channel', { ...wish, channel: 'canary' }, workload],
    ['another action', { ...wish, action: 'promote' as const }, workload],
    ['a ServiceAccount of another namespace', wish, { ...workload, subject: 'system:serviceaccount:evil:series-chart' }],
    ['the same subject of another issuer', wish, { ...workload, issuer: 'https://ci.example' }],
    ['a claim that differs', wish, { ...workload, claims: { 'kubernetes.io': { namespace: 'evil' } } }],
    ['a claim that is missing', wish, { ...workload, claims: {} }],
  ])('does not cover %s', (_what, asked, by) => expect(covers(trust, by, asked)).toBe(false));
});
