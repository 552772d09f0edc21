import { expect, it } from 'vitest';
import { sessionAnswer } from './session-answer';
import { beginSession, claimsOf } from './sessions/session';

const user = { id: 'alex', name: 'Alex Lin', roles: [], departments: [], teams: [] };
const limits = { idle: 1000, absolute: 5000 };
const began = Date.parse('2026-11-26T09:00:00Z');

it.each([
  ['when the issuer says that it was', Date.parse('2026-11-25T08:00:00Z') / 1000, '2026-11-25T08:00:00.000Z'],
  ['when the session began, where the issuer says nothing', 0, '2026-11-26T09:00:00.000Z'],
])('somebody was authenticated %s', async (_when, authTime, expected) => {
  const claims = claimsOf(beginSession({ user, authTime }, limits, began).record);
  expect((await sessionAnswer({ kind: 'user', claims }, async () => [])).authenticatedAt).toBe(expected);
});
