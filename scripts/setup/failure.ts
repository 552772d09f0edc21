/** What the person who typed the command can act on: printed as it is, without a stack. */
export class Failure extends Error {}

/** This machine lacks something that nothing of ours can bring: it is no fault of what was to be done with it. */
export class Lacking extends Failure {}

/** Runs a command's main function: a Failure is its text and exit code 1, anything else keeps its stack. */
export async function command(main: () => unknown): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') console.error('The disk is full: free some space and try again.');
    else console.error(error instanceof Failure ? error.message : error);
    process.exit(1);
  }
}

/** Such as ENOENT: what Node's own errors are told apart by. */
export const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** What an error says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
