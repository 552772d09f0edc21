import { createApp } from './app';
import { readAssets } from './assets';
import { runEdge } from './run';

await runEdge(process.env, async (base, config) => createApp({ ...base, assets: await readAssets(config.assets) }));
