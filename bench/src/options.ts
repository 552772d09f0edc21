import { parseArgs } from 'node:util';

export const HELP = `npm run bench [-- options]

  --only a,b        only these parts; nothing is written to docs/
  --compare         others beside ours as well: dockview (golden-layout is always there), and OpenComponents, which npm brings
  --json FILE       the figures as JSON as well
  --against FILE    such a file of another run: what was and what is, side by side
  --growth          instead of all this: each call of the API on a small store and on a large one
  --help            this text`;

export interface Options {
  /** Empty: all of them. */
  only: string[];
  compare: boolean;
  json: string | undefined;
  against: string | undefined;
}

/** `parts`: names that --only may have. Throws with a text for a person. */
export function readOptions(args: string[], parts: readonly string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      compare: { type: 'boolean', default: false },
      json: { type: 'string' },
      against: { type: 'string' },
    },
  });
  const only = values.only?.split(',') ?? [];
  const unknown = only.filter((part) => !parts.includes(part));
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}; there are ${parts.join(', ')}`);
  return { only, compare: values.compare, json: values.json, against: values.against };
}
