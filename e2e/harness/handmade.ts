/** Widgets written by hand, container and all: whatever a team might publish, without a bundler, through the real publish call. */
import { expect } from 'vitest';
import { CONTAINER } from '../../host/src/testing/published';
import { publishRaw } from './publishing';
import type { Stack } from './stack';

export interface Handmade {
  name: string;
  version: string;
  /** An ES module whose default export is the element's class. */
  code: string;
  /** Further files below the package's folder, and parts of widget.json. */
  more?: Record<string, string>;
  manifest?: object;
}

const TEAM = 'platform';

const filesOf = ({ name, version, code, more, manifest }: Handmade): Record<string, string> => ({
  'package.json': JSON.stringify({ name, version, type: 'module' }),
  'widget.json': JSON.stringify({ name, title: name, description: 'For a journey', publisher: TEAM, expose: './widget', ...manifest }),
  'dist/widget.mjs': code,
  'dist/remoteEntry.mjs': CONTAINER,
  'dist/mf-manifest.json': JSON.stringify({ id: name, name, exposes: [{ id: `${name}:widget`, name: 'widget', path: './widget' }] }),
  ...more,
});

/** The publishing side of one team: what it does with versions. */
export class Team {
  private constructor(
    private readonly stack: Stack,
    private readonly token: string,
  ) {}

  static async of(stack: Stack): Promise<Team> {
    return new Team(stack, await stack.token(TEAM));
  }

  async publish(...widgets: Handmade[]): Promise<void> {
    for (const widget of widgets)
      expect(await publishRaw(this.stack, this.token, widget.name, widget.version, filesOf(widget))).toMatchObject({ status: 201 });
  }

  promote(name: string, version: string): Promise<void> {
    return this.#call('PUT', `${name}/channels/stable`, { version });
  }

  yank(name: string, version: string, reason: string): Promise<void> {
    return this.#call('POST', `${name}/versions/${version}/yank`, { reason });
  }

  deprecate(name: string, version: string, reason: string): Promise<void> {
    return this.#call('POST', `${name}/versions/${version}/deprecate`, { reason });
  }

  /** Straight to the registry: also while the edge cannot reach it. */
  async #call(method: string, path: string, body: object): Promise<void> {
    const response = await fetch(`${this.stack.registryUrl}/api/v1/widgets/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status, `${method} ${path}`).toBe(200);
  }
}
