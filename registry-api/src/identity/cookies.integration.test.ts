import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';

describe.each([
  ['http://localhost:4000', ['dm_session=; Path=/;', 'dm_sign_in=; Path=/api/v1/session;'], false],
  ['https://localhost:4000', ['__Host-dm_session=; Path=/;', '__Secure-dm_sign_in=; Path=/api/v1/session;'], true],
] as const)('cookies at %s', (publicUrl, beginnings, secure) => {
  let api: TestApi;
  beforeAll(async () => {
    const [first] = stores();
    if (!first) throw new Error('no store to test on');
    api = await startTestApi(first.open, { publicUrl });
  });
  afterAll(() => api.stop());

  it('have the names and attributes that browsers hold them to', async () => {
    const answer = await api.call('/api/v1/session/sign-out', { method: 'POST', headers: { origin: publicUrl } });
    const set = answer.headers.getSetCookie();
    expect(set).toHaveLength(2);
    beginnings.forEach((beginning, index) => {
      expect(set[index]).toMatch(new RegExp(`^${beginning} HttpOnly; SameSite=Lax`));
      expect(set[index]?.includes('; Secure')).toBe(secure);
      expect(set[index]).not.toMatch(/domain/i);
    });
  });
});
