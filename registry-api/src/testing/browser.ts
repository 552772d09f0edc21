import { request } from 'node:http';

/** As much of a browser as signing in needs: cookies with their paths, and redirects one by one. */
export class Browser {
  /** Values by name, of the cookies that are sent to `/`. */
  readonly cookies = new Map<string, string>();
  /** By name and path, as browsers tell cookies apart. */
  private readonly jar = new Map<string, { name: string; value: string; path: string; text: string }>();

  constructor(private readonly origin: string) {}

  /** One request as a script makes it, no redirect followed. `target`: a path, or a URL of this origin. */
  async fetch(target: string, init: RequestInit = {}): Promise<Response> {
    const url = this.urlOf(target);
    const headers = { ...(init.headers as Record<string, string> | undefined), ...this.cookiesFor(url) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const text of answer.headers.getSetCookie()) this.keep(text);
    return answer;
  }

  /** One request as the address bar or a link makes it, no redirect followed. Not by fetch, which says `Sec-Fetch-Mode: cors`. */
  async navigate(target: string, more: Record<string, string> = {}): Promise<Response> {
    return this.ask(target, {
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      ...more,
      ...this.cookiesFor(this.urlOf(target)),
    });
  }

  /** Presses the button of a form on a sandboxed page: its origin is none, so no cookie goes with it. */
  async submit(action: string, fields: Record<string, string>, more: Record<string, string> = {}): Promise<Response> {
    const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', origin: 'null', ...more };
    const form = new URLSearchParams(fields).toString();
    return this.ask(action, { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, form);
  }

  private ask(target: string, headers: Record<string, string>, form?: string): Promise<Response> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.urlOf(target), { headers, agent: false, method: form === undefined ? 'GET' : 'POST' }, (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const { 'set-cookie': cookies = [], ...rest } = incoming.headers;
          for (const text of cookies) this.keep(text);
          const entries = Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]);
          resolve(new Response(Buffer.concat(parts), { status: incoming.statusCode ?? 0, headers: entries }));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(form);
    });
  }

  /** The page that a path leads to in the end. */
  async follow(target: string): Promise<Response> {
    for (let at = target; ; ) {
      const answer = await this.navigate(at);
      const location = answer.headers.get('location');
      if (location === null) return answer;
      at = location;
    }
  }

  /** Begins to sign in; the paths of the forms that the issuer's page offers. */
  async authorization(path: string): Promise<string[]> {
    const html = await (await this.follow(path)).text();
    return [...html.matchAll(/action="([^"]+)"/g)].map(([, action]) => action ?? '');
  }

  /** Presses a person's button; where the browser lands after the callback. */
  async choose(person: string, forms: string[]): Promise<string> {
    const landed = await this.fetch(await this.callbackOf(person, forms));
    const location = landed.headers.get('location');
    if (location === null) throw new Error(`the callback answered ${landed.status}: ${await landed.text()}`);
    return location;
  }

  async signIn(person: string, returnTo = '/', more = ''): Promise<string> {
    const path = `/api/v1/session/sign-in?return_to=${encodeURIComponent(returnTo)}${more}`;
    return this.choose(person, await this.authorization(path));
  }

  /** A callback's address with a good code, not yet visited. */
  async callbackFor(person: string, path = '/api/v1/session/sign-in'): Promise<string> {
    return this.callbackOf(person, await this.authorization(path));
  }

  /** What the edge would attach for this session. */
  async serviceToken(audience = 'registry-api'): Promise<string> {
    const body = JSON.stringify({ audience });
    const answer = await this.fetch('/internal/v1/service-token', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    if (answer.status !== 200) throw new Error(`no service token: ${await answer.text()}`);
    return ((await answer.json()) as { token: string }).token;
  }

  /** All of a cookie's text but its value. */
  attributesOf(name: string): string {
    return (this.jar.get(`${name} /`)?.text ?? '').replace(/^[^;]*/, '');
  }

  private async callbackOf(person: string, forms: string[]): Promise<string> {
    const form = forms.find((path) => path.endsWith(`/${person}`));
    if (!form) throw new Error(`the page has no button for ${person}`);
    let answer = await this.fetch(form, { method: 'POST', headers: { origin: this.origin } });
    for (;;) {
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`the issuer answered ${answer.status}: ${await answer.text()}`);
      if (location.includes('/api/v1/session/callback')) return location;
      answer = await this.fetch(location);
    }
  }

  private urlOf(target: string): URL {
    const url = new URL(target, this.origin);
    if (url.origin !== this.origin) throw new Error(`the browser was sent to ${url.origin}`);
    return url;
  }

  private cookiesFor({ pathname }: URL): { cookie?: string } {
    const pairs = [...this.jar.values()].filter(({ path }) => pathname.startsWith(path)).map(({ name, value }) => `${name}=${value}`);
    return pairs.length > 0 ? { cookie: pairs.join('; ') } : {};
  }

  private keep(text: string): void {
    const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    if (attributes.some((attribute) => /^expires=thu, 01 jan 1970/i.test(attribute))) this.jar.delete(`${name} ${path}`);
    else this.jar.set(`${name} ${path}`, { name, value, path, text });
    if (this.jar.has(`${name} /`)) this.cookies.set(name, this.jar.get(`${name} /`)?.value ?? '');
    else this.cookies.delete(name);
  }
}
