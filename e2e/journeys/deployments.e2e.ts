/** What runs of a widget decides what browsers get: seen, held and lifted on the page for those who look after it. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { ready } from '../harness/dashboard';
import { isWithin } from '../harness/edges';
import { journey } from '../harness/journey';
import { publishAndPromote, release } from '../harness/publishing';
import { inBothThemes } from '../harness/themes';

const ISSUER = 'https://cluster.example';
const AUDIENCE = 'datamesh-registry';
const SUBJECT = 'system:serviceaccount:notes:notes';
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
let folder = '';
afterAll(() => rm(folder, { recursive: true, force: true }));

const here = journey(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-issuer-'));
  const jwks = join(folder, 'jwks.json');
  await writeFile(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }] }));
  return { env: { WORKLOAD_ISSUERS: JSON.stringify([{ issuer: ISSUER, audience: AUDIENCE, jwks }]) } };
});

/** A pod of the Deployment as its sidecar speaks for it: every five seconds, with its ServiceAccount's token. */
class Pod {
  readonly #lease = randomUUID();
  readonly #uid = randomUUID();
  readonly #deployment: { uid: string; name: string; namespace: string; cluster: string };
  #ready = true;
  #beats: NodeJS.Timeout | null = null;

  constructor(
    deployment: string,
    private readonly version: string,
    private readonly revision: number,
  ) {
    this.#deployment = { uid: deployment, name: 'notes', namespace: 'notes', cluster: 'eu-1' };
  }

  async start({ isReady = true } = {}): Promise<this> {
    this.#ready = isReady;
    await this.#beat();
    this.#beats ??= setInterval(() => void this.#beat().catch(() => undefined), 5000);
    return this;
  }

  async end(): Promise<void> {
    if (this.#beats) clearInterval(this.#beats);
    await this.#call('DELETE');
  }

  async #beat(): Promise<void> {
    const answer = await this.#call('PUT', {
      widget: 'notes',
      version: this.version,
      channel: 'stable',
      deployment: this.#deployment,
      revision: this.revision,
      pod: { uid: this.#uid, name: `notes-${this.#uid.slice(0, 5)}` },
      ready: this.#ready,
      draining: false,
    });
    if (!answer.ok) throw new Error(`no lease: ${answer.status} ${await answer.text()}`);
  }

  async #call(method: string, body?: unknown): Promise<Response> {
    const token = await new SignJWT({ 'kubernetes.io': { namespace: 'notes', pod: { uid: this.#uid } } })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(ISSUER)
      .setSubject(SUBJECT)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey);
    return fetch(`${here.stack.registryUrl}/api/v1/deployments/${this.#lease}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

async function trustPods(): Promise<void> {
  const answer = await fetch(`${here.stack.registryUrl}/api/v1/trusts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await here.stack.token('platform')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ team: 'platform', widget: 'notes', issuer: ISSUER, subject: SUBJECT, may: ['register'] }),
  });
  expect(answer.status).toBe(201);
}

/** As Argo CD's notifications tell of a sync. */
async function synced(revision: string): Promise<void> {
  const answer = await fetch(`${here.stack.registryUrl}/api/v1/syncs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await here.stack.token('platform')}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      widget: 'notes',
      application: 'remote-notes',
      revision,
      by: 'robin',
      author: 'Ada Lovelace <ada@example.org>',
      startedAt: new Date().toISOString(),
      cluster: 'eu-1',
      deployments: [{ namespace: 'notes', name: 'notes' }],
    }),
  });
  expect(answer.status).toBe(204);
}

const channel = (page: Page, name: string) => page.getByRole('region', { name: 'Channels' }).getByRole('listitem', { name, exact: true });
const running = (page: Page) => page.getByRole('region', { name: 'What runs' }).first();
const open = (page: Page) => page.getByRole('region', { name: 'Open dashboards right now' });
const history = (page: Page) => page.getByRole('region', { name: 'History' });
const says = (text: () => Promise<string>, what: RegExp) => expect.poll(text).toMatch(what);

it('shows its team what runs, live, and freezes a channel with a reason that an admin lifts', async () => {
  for (const version of ['8.0.0', '8.1.0']) await publishAndPromote(here.stack, await release('notes', version));
  await trustPods();
  const deployment = randomUUID();
  const first = await new Pod(deployment, '8.0.0', 1).start();

  const { page: robin, context } = await here.visitors.person('robin', '/d/operations');
  await ready(robin, 'data-table');
  await robin.getByRole('button', { name: /^Account of Robin/ }).click();
  await robin.getByRole('menuitem', { name: 'Deployments' }).click();
  await robin.getByRole('heading', { name: 'Deployments', level: 1 }).waitFor();
  const card = robin.getByRole('listitem', { name: 'Notes', exact: true });
  await says(() => card.innerText(), /8\.0\.0[\s\S]*revision 1, 1 of 1 pods ready/);
  await card.getByRole('link', { name: 'Notes' }).click();
  await robin.waitForURL('**/deployments/notes');
  await says(() => channel(robin, 'stable').innerText(), /gives 8\.0\.0[\s\S]*moved by notes\/notes in eu-1, revision 1/);

  await synced('5eed1234aaaabbbbccccddddeeeeffff00001111');
  // A rollout, seen as it happens: the new pod first starts, then browsers get it.
  const second = await new Pod(deployment, '8.1.0', 2).start({ isReady: false });
  await says(() => running(robin).innerText(), /2\s+8\.1\.0\s+0 of 1[\s\S]*starting or going/);
  await second.start();
  await says(() => running(robin).innerText(), /2\s+8\.1\.0\s+1 of 1[\s\S]*browsers get it[\s\S]*1\s+8\.0\.0[\s\S]*replaced/);
  await says(() => channel(robin, 'stable').innerText(), /gives 8\.1\.0/);

  // By keyboard alone, back to the version before.
  await channel(robin, 'stable').getByRole('button', { name: 'Hold stable…' }).focus();
  await robin.keyboard.press('Enter');
  const dialog = robin.getByRole('dialog', { name: 'Hold notes@stable' });
  // Keys go where the keyboard is, which a dialog takes a moment after it is seen.
  await expect.poll(() => dialog.getByLabel('Reason').evaluate((field) => field === document.activeElement)).toBe(true);
  await robin.keyboard.type('Notes lose their last line');
  await robin.keyboard.press('Shift+Tab');
  await robin.keyboard.type('8.0');
  await dialog.getByText('Open dashboards go from 8.1.0 to 8.0.0 within seconds.').waitFor();
  for (let tab = 0; tab < 3; tab++) await robin.keyboard.press('Tab');
  await robin.keyboard.press('Enter');
  const held = /gives 8\.0\.0[\s\S]*held\s+by Robin Okafor[\s\S]*Notes lose their last line What runs would give 8\.1\.0/;
  await says(() => channel(robin, 'stable').innerText(), held);
  await says(() => history(robin).innerText(), /stable held at 8\.0\.0 by Robin Okafor\s+Notes lose their last line/);
  await says(() => history(robin).innerText(), /stable gives 8\.1\.0: revision 2 of notes\/notes in eu-1 runs it/);
  const known = /Commit 5eed1234 of Ada Lovelace · synced by robin · 1 of 1 pods ready · \d+ open dashboards/;
  await says(async () => (await history(robin).innerText()).replaceAll(/\s+/g, ' '), known);

  // An admin, who opens the address: sees the hold, and lifts it; what runs moves the channel at once, on both pages.
  const { page: dana } = await here.visitors.person('dana', '/deployments/notes');
  await says(() => channel(dana, 'stable').innerText(), held);
  await inBothThemes(dana, 'deployment held');
  await dana.setViewportSize({ width: 390, height: 844 });
  expect(await isWithin(dana), 'it fits a phone').toBe(true);
  await dana.setViewportSize({ width: 1440, height: 900 });
  await channel(dana, 'stable').getByRole('button', { name: /^Lift/ }).click();
  // What is told goes by itself, but not under somebody's focus.
  await dana.getByRole('button', { name: 'Hold it again' }).focus();
  for (const page of [dana, robin]) await says(() => channel(page, 'stable').innerText(), /gives 8\.1\.0/);
  await says(() => history(robin).innerText(), /Hold of stable lifted by Dana/);
  await dana.getByRole('button', { name: 'Hold it again' }).click();
  await says(() => channel(robin, 'stable').innerText(), /gives 8\.1\.0|gives 8\.0\.0[\s\S]*held\s+by Dana/);
  await says(() => channel(robin, 'stable').innerText(), /held\s+by Dana/);
  await channel(dana, 'stable').getByRole('button', { name: /^Lift/ }).click();
  await says(() => channel(robin, 'stable').innerText(), /gives 8\.1\.0/);

  // Pods that go are gone here; the channel stays where it was.
  for (const pod of [first, second]) await pod.end();
  await says(() => running(robin).innerText(), /Nothing runs in a cluster/);
  await says(() => channel(robin, 'stable').innerText(), /gives 8\.1\.0/);
  await context.close();
});

it('counts open dashboards by the version that runs in them, as they come and go', async () => {
  const { page: robin } = await here.visitors.person('robin', '/deployments/notes');
  await says(() => open(robin).innerText(), /No open dashboard runs it/);
  const { page: casey, context } = await here.visitors.person('casey', '/d/sales');
  await casey.getByRole('tab', { name: 'Notes' }).click();
  await ready(casey, 'notes');
  await says(() => open(robin).innerText(), /8\.1\.0[\s\S]*stable[\s\S]*1 dashboard/);
  await casey.goto('about:blank');
  await says(() => open(robin).innerText(), /No open dashboard runs it/);
  await context.close();
});

it('is for those who look after widgets', async () => {
  here.visitors.watch.expect(/status of 40[34]/);
  const { page: casey } = await here.visitors.person('casey', '/deployments/notes');
  await casey.getByRole('heading', { name: 'You may not see this' }).waitFor();
  await casey.getByRole('button', { name: /^Account of Casey/ }).click();
  await casey.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  expect(await casey.getByRole('menuitem', { name: 'Deployments' }).count()).toBe(0);
  const { page: robin } = await here.visitors.person('robin', '/deployments/no-such-widget');
  await robin.getByRole('heading', { name: 'There is nothing here' }).waitFor();
});

it('says what is missing while the registry fails, and fills in by itself', async () => {
  here.visitors.watch.expect(/status of 503/);
  const { page } = await here.visitors.person('robin');
  await page.route('**/api/v1/deployments?*', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: '{"code":"store_unavailable","detail":"The store is away."}',
    }),
  );
  await page.goto('/deployments/notes');
  await says(() => page.getByRole('region', { name: 'Channels' }).innerText(), /What runs could not be loaded\. The store is away\./);
  // At once when one asks for it; else by itself, so nobody can count on the button once it would help.
  const asked = page.waitForRequest('**/api/v1/deployments?*');
  await page.getByRole('region', { name: 'Channels' }).getByRole('button', { name: 'Try again' }).click();
  await asked;
  await page.unroute('**/api/v1/deployments?*');
  await says(() => channel(page, 'stable').innerText(), /gives 8\.1\.0/);
  await expect.poll(() => page.getByText('could not be loaded').count()).toBe(0);
});
