/** The second half of `datamesh check`: the widget in a real browser, under the dashboard's own policies. */
import type { Packed } from '../pack';
import { CliError } from '../problem';
import { openPage } from '../workbench/chromium';
import { type MountReport, startWorkbench } from '../workbench/server';

/** Longer than this nobody waits for a browser that does not answer; milliseconds. */
const TIMEOUT_MS = 120_000;

/** Throws `mount_failed` with what the panel says, or what went wrong while it was mounted. */
export async function checkMount(packed: Packed, page: string, chromium: string, timeoutMs = TIMEOUT_MS): Promise<MountReport> {
  const workbench = await startWorkbench({ packed, page, port: 0 });
  let late: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`nothing was heard of the page for ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    const report = await openPage(chromium, `${workbench.url}?check`, Promise.race([workbench.report, tooLate]));
    const wrong = [...(report.outcome === 'failed' ? [report.text] : []), ...report.trouble];
    if (wrong.length > 0)
      throw new CliError('mount_failed', [`${packed.name}@${packed.version} does not run on a dashboard`, ...wrong].join('\n  '));
    return report;
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError('browser_failed', `${chromium} did not mount the widget: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(late);
    await workbench.close();
  }
}
