import { digestOf, keyFileOf, readDemoKey } from '../../run/demo-site.ts';
import { readSettings } from '../../run/settings.ts';
import { Failure } from '../../setup/failure.ts';
import { type Month, month } from './month.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { type Sent, send } from './send.ts';

const say = (text: string): void => console.log(text);

/** npm run demo:traffic, from its words to its last line. */
export async function run(words: string[]): Promise<void> {
  const options = readOptions(words);
  if (options.help) return say(HELP);
  const { data } = readSettings();
  const made = month({ ...options, now: Date.now() });
  say(described(made, options));
  if (options.dryRun) return say('Nothing was sent (--dry-run).');

  const known = await readDemoKey(data);
  if (!known)
    throw new Failure(
      `There is no key at ${keyFileOf(data)}. Start the system once with npm start (and the same DATAMESH_DATA): it makes the key.`,
    );
  const url = options.to ?? known.url;
  const began = performance.now();
  const { stored, dropped } = await withDigest(send(made.events, { url, key: known.key, progress: progressOf(made.events.length) }), known);
  say(totals({ stored, dropped, seconds: (performance.now() - began) / 1000 }));
  const lost = Object.keys(dropped).filter((reason) => reason !== 'duplicate');
  if (lost.length > 0)
    throw new Failure(`The tracker dropped events that it should take: ${lost.join(', ')}. Its log and /metrics say more.`);
  say(`Look at it: open ${url}, and choose the site "Demo traffic (made up)" in a Usage widget.`);
}

/** What somebody needs who has the tracker's SITES in their own hands. */
async function withDigest(sending: Promise<Sent>, { key }: { key: string }): Promise<Sent> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof Failure && /digest/.test(error.message)) throw new Failure(`${error.message}\nThe digest is ${digestOf(key)}`);
    throw error;
  }
}

const count = (number: number): string => number.toLocaleString('en');

function described({ events, visitors, from, to }: Month, { seed, site }: Options): string {
  const names: Record<string, number> = {};
  for (const { name } of events) names[name] = (names[name] ?? 0) + 1;
  const rows = Object.entries(names).sort(([, one], [, other]) => other - one);
  const width = count(rows[0]?.[1] ?? 0).length;
  return [
    `${count(events.length)} made-up events of ${count(visitors)} visitors for the site "${site}", seed "${seed}",`,
    `from ${new Date(from).toISOString().slice(0, 10)} to ${new Date(to).toISOString().slice(0, 16).replace('T', ' ')} UTC:`,
    ...rows.map(([name, number]) => `  ${count(number).padStart(width)}  ${name}`),
  ].join('\n');
}

/** A line at every tenth. */
function progressOf(all: number): (sent: number) => void {
  let shownTenths = 0;
  return (sent) => {
    const tenth = Math.floor((sent / all) * 10);
    if (tenth === shownTenths) return;
    shownTenths = tenth;
    say(`  ${String(tenth * 10).padStart(3)} %  ${count(sent)} sent`);
  };
}

function totals({ stored, dropped, seconds }: Sent & { seconds: number }): string {
  const duplicates = dropped['duplicate'] ?? 0;
  const known = duplicates > 0 ? `, ${count(duplicates)} it knew already` : '';
  const others = Object.entries(dropped).filter(([reason]) => reason !== 'duplicate');
  const lost = others.length > 0 ? `, dropped ${others.map(([reason, number]) => `${count(number)} (${reason})`).join(', ')}` : '';
  return `The tracker took ${count(stored)}${known}${lost}, in ${seconds.toFixed(1)} s. What it had from an earlier run counts once.`;
}
