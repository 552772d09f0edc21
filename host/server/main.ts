import { createApp } from './app';
import { compressBest, readAssets } from './assets';
import { runEdge } from './run';

await runEdge(process.env, async (base, config) => {
  const assets = await readAssets(config.assets);
  return {
    handle: createApp({ ...base, assets }),
    listening: (log) => {
      compressBest(assets).catch((error: unknown) => log.warn({ err: error }, 'files stay compressed as they are'));
    },
  };
});
