import { parseArgs } from 'node:util';
import { Failure, messageOf } from '../../setup/failure.ts';

export const HELP = `Usage: npm run demo:traffic -- [options]

Sends made-up visits of the last days to the tracker of a running system (npm start), through POST /t/events and with the key that
npm start made for the site "demo". It never runs by itself. The same seed gives the same visits: a second run adds only what would
have happened since.

  --days N       days up to now, today included: 1 to 365 (30)
  --visitors N   about how many people come for the first time in those days: 1 to 200000 (10000, some 90,000 events)
  --seed TEXT    another seed, other visitors, added to those that are there (demo)
  --site ID      another site, whose "keys" in SITES hold this key's digest (demo)
  --to URL       another system than the one of this data folder
  --dry-run      makes the visits and says what they are, and sends nothing
  --help
`;

export interface Options {
  days: number;
  visitors: number;
  seed: string;
  site: string;
  to: string | undefined;
  dryRun: boolean;
  help: boolean;
}

/** A Failure names what is wrong. */
export function readOptions(words: string[]): Options {
  const values = valuesOf(words);
  if (!/^[A-Za-z0-9-]{1,40}$/.test(values.seed)) throw new Failure('--seed is 1 to 40 letters, digits and dashes.');
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(values.site)) throw new Failure(`--site: "${values.site}" is no site id (a-z, 0-9, -).`);
  if (values.to !== undefined && !/^https?:$/.test(protocolOf(values.to))) throw new Failure(`--to: "${values.to}" is no http address.`);
  return {
    days: whole('--days', values.days, 365),
    visitors: whole('--visitors', values.visitors, 200_000),
    seed: values.seed,
    site: values.site,
    to: values.to && new URL(values.to).origin,
    dryRun: values['dry-run'],
    help: values.help,
  };
}

function valuesOf(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        days: { type: 'string', default: '30' },
        visitors: { type: 'string', default: '10000' },
        seed: { type: 'string', default: 'demo' },
        site: { type: 'string', default: 'demo' },
        to: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Failure(`${messageOf(error)}\n\n${HELP}`);
  }
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw new Failure(`${name} is a whole number from 1 to ${most}, not "${text}".`);
  return value;
}

const protocolOf = (text: string): string => (URL.canParse(text) ? new URL(text).protocol : '');
