import { createPublish, type PublishOptions } from '../widgets/publish/publish';
import { createVersionContents } from '../widgets/version-content';

/** Publishing into these stores without the rest of the service: at the epoch, and nobody is told. `over`: what is otherwise. */
export const publishInto = (stores: Pick<PublishOptions, 'store' | 'blobs' | 'pool'>, over: Partial<PublishOptions> = {}) =>
  createPublish({
    ...stores,
    contents: createVersionContents(stores.store),
    allowed: { sourcesAllowed: null },
    sharedMismatch: 'refuse',
    clock: () => 0,
    wakeRelay: () => {},
    fill: async () => {},
    ...over,
  });
