/** `/remotes/maps/1.0.0/` of the nearest widget's file in the stack; undefined where no widget's code is calling. */
export const callingBase = (): string | undefined => /\/remotes\/[^/\s]+\/[^/\s]+\//.exec(new Error().stack ?? '')?.[0];
