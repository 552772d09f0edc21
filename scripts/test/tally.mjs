/** What passed, what failed, what was left out; the last line of a test run. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  add({ passed = 0, failed = 0, skipped = 0 }) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  check(right) {
    this.add(right ? { passed: 1 } : { failed: 1 });
  }

  /** With `strict` (CI) what was skipped has failed: nobody reads warnings there. */
  result(strict) {
    const failed = this.failed + (strict ? this.skipped : 0);
    const skipped = this.skipped > 0 && !strict ? `, ${this.skipped} skipped` : '';
    return { line: `${this.passed} passed, ${failed} failed${skipped}`, code: failed > 0 || this.passed === 0 ? 1 : 0 };
  }
}
