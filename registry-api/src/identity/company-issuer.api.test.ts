/** Sign-in and sign-out with an issuer that is not ours: the whole service over real HTTP, the issuer on a port of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem, Session, SignedOut } from '@datamesh/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Browser } from '../testing/browser';
import { type CompanyIssuer, startCompanyIssuer } from '../testing/company-issuer';
import { startTestService, type TestService } from '../testing/service';

let issuer: CompanyIssuer;
let service: TestService;

beforeAll(async () => {
  issuer = await startCompanyIssuer();
});
afterAll(() => issuer.stop());
beforeEach(async () => {
  service = await startTestService(Date.now, issuer.env);
  await issuer.serve(service.origin);
});
afterEach(() => service.stop());

/** One person's browser: its cookies here and those at the issuer. */
class Person {
  readonly here = new Browser(service.origin);
  readonly there = new Browser(issuer.origin);

  async signIn(login: string): Promise<Response> {
    const begun = await this.here.fetch('/api/v1/session/sign-in?return_to=/d/sales');
    const question = await this.there.navigate(begun.headers.get('location') ?? '');
    let answer = await this.there.navigate(`${question.headers.get('location')}?login=${login}`);
    for (let to = answer.headers.get('location') ?? ''; ; to = answer.headers.get('location') ?? '') {
      if (to.startsWith(service.origin)) return this.here.fetch(to);
      if (to === '') throw new Error(`the issuer answered ${answer.status}: ${await answer.text()}`);
      answer = await this.there.navigate(to);
    }
  }

  session = (): Promise<Response> => this.here.fetch('/api/v1/session');
  signOut = (): Promise<Response> => this.here.fetch('/api/v1/session/sign-out', { method: 'POST', headers: { origin: service.origin } });

  /** Visits where the sign-out led to, and presses the button there; where the browser is sent. */
  async signOutThere(endSessionUrl: string): Promise<string | null> {
    const page = await this.there.follow(endSessionUrl);
    const html = await page.text();
    const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(html) ?? [];
    const answer = await this.there.fetch(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    return answer.headers.get('location');
  }
}

const signedIn = async (login: string): Promise<Person> => {
  const person = new Person();
  expect((await person.signIn(login)).headers.get('location')).toBe('/d/sales');
  return person;
};
const sayLogout = (token: string): Promise<Response> =>
  fetch(`${service.origin}/api/v1/session/back-channel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token, more: 'x' }),
  });

describe('with a company’s issuer', () => {
  it('people sign in, with what its userinfo endpoint says of their groups', async () => {
    const person = await signedIn('mira');
    const { user } = (await (await person.session()).json()) as Session;
    expect(user).toEqual({ id: 'mira', name: 'Mira Solberg', roles: ['admin'], departments: ['sales'], teams: [] });
  });

  it('somebody in thousands of groups is who they are, and can work with it', async () => {
    const person = await signedIn('otto');
    const { user } = (await (await person.session()).json()) as Session;
    expect([user.roles, user.departments.length]).toEqual([['admin'], 100]);
    const headers = { authorization: `Bearer ${await person.here.serviceToken()}` };
    expect((await fetch(`${service.origin}/api/v1/layouts`, { headers })).status).toBe(200);
  });

  it('people sign in at once after it has changed its keys', async () => {
    await signedIn('mira');
    await issuer.rotateKeys();
    await signedIn('noor');
  });

  it('a sign-out here leads to the one there, which leads back', async () => {
    const person = await signedIn('mira');
    const other = await signedIn('mira');
    const answer = await person.signOut();
    expect(answer.status).toBe(200);
    expect((await person.session()).status).toBe(401);
    const { endSessionUrl } = (await answer.json()) as SignedOut;
    expect(endSessionUrl).toContain('id_token_hint=');
    expect(await person.signOutThere(endSessionUrl)).toBe(`${service.origin}/`);
    // The issuer remembers nobody in that browser, and another browser's session is another session.
    expect(
      await (await person.there.follow((await person.here.fetch('/api/v1/session/sign-in')).headers.get('location') ?? '')).text(),
    ).toBe('Who are you?');
    expect((await other.session()).status).toBe(200);
    expect((await person.signOut()).status).toBe(204);
  });

  it('a sign-out at the issuer ends the session here, with its event stream', async () => {
    const person = await signedIn('noor');
    const other = await signedIn('mira');
    const stream = await fetch(`${service.origin}/api/v1/events`, {
      headers: { authorization: `Bearer ${await person.here.serviceToken()}` },
    });
    expect(await person.signOutThere(`${issuer.origin}/session/end`)).not.toBeNull();
    // Ends here only when the server ends it.
    await stream.text();
    expect((await person.session()).status).toBe(401);
    expect((await other.session()).status).toBe(200);
  });

  it('a sign-out stays one of this instance where the operator wants that', async () => {
    await service.stop();
    service = await startTestService(Date.now, { ...issuer.env, OIDC_SIGN_OUT: 'here' });
    await issuer.serve(service.origin);
    expect((await (await signedIn('mira')).signOut()).status).toBe(204);
  });
});

describe('a logout token', () => {
  it('that names a person ends all their sessions, and those of nobody else', async () => {
    const [first, second, other] = [await signedIn('noor'), await signedIn('noor'), await signedIn('mira')];
    expect((await sayLogout(await issuer.logoutToken({ sub: 'noor' }))).status).toBe(200);
    const [one, two, three] = await Promise.all([first.session(), second.session(), other.session()]);
    expect([one.status, two.status, three.status]).toEqual([401, 401, 200]);
  });

  it('ends nothing that began after it, however often it is sent', async () => {
    const old = await issuer.logoutToken({ sub: 'noor', iat: Math.floor(Date.now() / 1000) - 120 });
    const person = await signedIn('noor');
    for (let times = 0; times < 2; times++) expect((await sayLogout(old)).status).toBe(200);
    expect((await person.session()).status).toBe(200);
  });

  it('ends what it means once: who signs in at once again stays, though the issuer sends it anew', async () => {
    const [before, token] = [await signedIn('noor'), await issuer.logoutToken({ sub: 'noor' })];
    expect((await sayLogout(token)).status).toBe(200);
    expect((await before.session()).status).toBe(401);
    const again = await signedIn('noor');
    expect((await sayLogout(token)).status).toBe(200);
    expect((await again.session()).status).toBe(200);
  });

  it('ends what it means once, also when the registry has started anew in between', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'logout-token-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const origin = new URL(service.origin);
    const kept = { ...issuer.env, DATA_DIR: folder, PORT: origin.port };
    const startAnew = async (): Promise<void> => {
      await service.stop();
      service = await startTestService(Date.now, kept);
    };
    await startAnew();
    const token = await issuer.logoutToken({ sub: 'noor' });
    expect((await sayLogout(token)).status).toBe(200);
    const after = await signedIn('noor');
    await startAnew();
    expect((await sayLogout(token)).status).toBe(200);
    expect((await after.session()).status).toBe(200);
  });

  it('that is none is refused and ends nothing', async () => {
    const person = await signedIn('noor');
    const now = Math.floor(Date.now() / 1000);
    const sub = 'noor';
    const wrong: [string, string][] = [
      ['another audience', await issuer.logoutToken({ sub, aud: 'somebody-else' })],
      ['another issuer', await issuer.logoutToken({ sub, iss: 'https://issuer.example' })],
      ['too old', await issuer.logoutToken({ sub, iat: now - 3_600, exp: now + 60 })],
      ['over', await issuer.logoutToken({ sub, exp: now - 120 })],
      ['an ID token', await issuer.logoutToken({ sub, nonce: 'n' })],
      ['made for another end', await issuer.logoutToken({ sub }, { typ: 'at+jwt' })],
      ['a list for an event', await issuer.logoutToken({ sub, events: { 'http://schemas.openid.net/event/backchannel-logout': [] } })],
      ['without a name', await issuer.logoutToken({ sub, jti: '' })],
      ['a name that is none', await issuer.logoutToken({ sub, jti: { $gt: '' } })],
      ['no event', await issuer.logoutToken({ sub, events: {} })],
      ['an event by inheritance', await issuer.logoutToken({ sub, events: { toString: {} } })],
      ['nobody', await issuer.logoutToken({})],
      ['a sid that is none', await issuer.logoutToken({ sub, sid: { $ne: '' } })],
      ['a sub that is none', await issuer.logoutToken({ sub: ['noor'] })],
      ['an unknown key', await issuer.logoutToken({ sub }, { kid: 'unheard-of' })],
      ['another signature', (await issuer.logoutToken({ sub })).replace(/\.[^.]+$/, `.${'A'.repeat(342)}`)],
      ['unsigned', `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await issuer.logoutToken({ sub })).split('.')[1]}.`],
      ['no token', 'x'],
    ];
    for (const [what, token] of wrong) {
      const answer = await sayLogout(token);
      expect([answer.status, answer.status === 200 || ((await answer.json()) as Problem).code], what).toEqual([
        400,
        'logout_token_invalid',
      ]);
    }
    expect((await person.session()).status).toBe(200);
  });
});
