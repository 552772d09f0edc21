/** Numbers of tests; `failures` as Tally has them. */
export interface Counts {
  passed?: number;
  failed?: number;
  skipped?: number;
  failures?: string[];
}

/** What passed, what failed, what was left out; the last line of a test run. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** What failed, each with its reason: said again at the end, as a log is often cut to its last lines. */
  failures: string[] = [];

  add({ passed = 0, failed = 0, skipped = 0, failures = [] }: Counts): void {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
    this.failures.push(...failures);
  }

  check(right: boolean, title: string): void {
    this.add(right ? { passed: 1 } : { failed: 1, failures: [title] });
  }

  /** With `strict` (CI) what was skipped has failed: nobody reads warnings there. */
  result(strict: boolean): { line: string; code: number } {
    const failed = this.failed + (strict ? this.skipped : 0);
    const skipped = this.skipped > 0 && !strict ? `, ${this.skipped} skipped` : '';
    return { line: `${this.passed} passed, ${failed} failed${skipped}`, code: failed > 0 || this.passed === 0 ? 1 : 0 };
  }
}
