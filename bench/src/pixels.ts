/** Pixel requests per second: acknowledged durably, against the same server with the spool off. */
import { type Load, load, median } from './load';
import { startService } from './service';

const ROUNDS = 5;
const SECONDS = 4;
const SITES = JSON.stringify([{ id: 'bench', title: 'Bench', identity: 'daily', origins: [], departments: [] }]);

export interface Pixels {
  durable: number;
  unspooled: number;
  ratio: number;
  p99: number;
  failed: number;
}

export async function pixels(): Promise<Pixels> {
  const on = await startService('tracker/dist/main.mjs', {
    SPOOL: 'on',
    SITES,
    PUBLIC_URL: 'http://localhost:1',
    REGISTRY_URL: 'http://127.0.0.1:1',
  });
  const off = await startService('tracker/dist/main.mjs', {
    SPOOL: 'off',
    SITES,
    PUBLIC_URL: 'http://localhost:1',
    REGISTRY_URL: 'http://127.0.0.1:1',
  });
  const pairs: { durable: Load; unspooled: Load }[] = [];
  try {
    await round(on.url, 2);
    await round(off.url, 2);
    // Alternating, and turning the order round, so that a noisy neighbour meets both.
    for (let i = 0; i < ROUNDS; i++) {
      const first = await round(i % 2 ? off.url : on.url, SECONDS);
      const second = await round(i % 2 ? on.url : off.url, SECONDS);
      pairs.push(i % 2 ? { durable: second, unspooled: first } : { durable: first, unspooled: second });
    }
    await stored(on.url);
  } finally {
    await on.stop();
    await off.stop();
  }
  return {
    durable: median(pairs.map(({ durable }) => durable.perSecond)),
    unspooled: median(pairs.map(({ unspooled }) => unspooled.perSecond)),
    ratio: median(pairs.map(({ durable, unspooled }) => durable.perSecond / unspooled.perSecond)),
    p99: median(pairs.map(({ durable }) => durable.p99)),
    failed: pairs.reduce((sum, { durable, unspooled }) => sum + durable.failed + unspooled.failed, 0),
  };
}

const round = (url: string, seconds: number): Promise<Load> =>
  load({ url: `${url}/t/pixel.gif?site=bench&path=/bench`, connections: 64, duration: seconds, headers: { 'user-agent': BROWSER } });

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** What was measured was acknowledged, not refused. */
async function stored(url: string): Promise<void> {
  const answer = await fetch(`${url}/t/pixel.gif?site=bench&path=/bench`, { headers: { 'user-agent': BROWSER } });
  const said = answer.headers.get('datamesh-event');
  if (said !== 'stored') throw new Error(`the tracker answered "${said}" to the pixel that was measured`);
}
