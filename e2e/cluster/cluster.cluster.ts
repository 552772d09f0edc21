/** Our remotes on a real Kubernetes, followed by a real Argo CD, with a page open all the time. One world, in the order of a long day. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from './harness/world';
import { outage } from './scenarios/outage';
import { permissions } from './scenarios/permissions';
import { rollingBack } from './scenarios/rolling-back';
import { services } from './scenarios/services';
import { trouble } from './scenarios/trouble';

describe('a remote on Kubernetes, followed by Argo CD', () => {
  let world: World | undefined;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());
  const here = (): World => {
    if (!world) throw new Error('The world has not started');
    return world;
  };

  beforeEach(({ onTestFailed }) => onTestFailed(async () => console.log(await here().describe())));

  rollingBack(here);
  trouble(here);
  permissions(here);
  services(here);
  outage(here);

  it('all of this was one page that was never loaded anew', async () => {
    expect(await here().page.isTheSame()).toBe(true);
  });
});
