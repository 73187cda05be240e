/** What a stage of the gate came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}

/** The last line of a run, which others read: "12 passed, 0 failed". */
export function totalsLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

/** A check that only passes or not counts as one test. */
export function singleCheck(exitCode: number): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Reads vitest's JSON report. A file that could not even be loaded has no tests and counts as one failure; so does a skipped test. */
export function tallyOfVitest(report: unknown, exitCode: number): Tally {
  const { numPassedTests, numPendingTests, numTodoTests, testResults } = report as {
    numPassedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: { status: string }[] }[];
  };
  let failed = numPendingTests + numTodoTests;
  for (const file of testResults) {
    const failures = file.assertionResults.filter(({ status }) => status === 'failed').length;
    failed += failures === 0 && file.status === 'failed' ? 1 : failures;
  }
  return orOneFailure(numPassedTests, failed, exitCode);
}

/** Reads Playwright's JSON report. Flaky and skipped tests did not keep their promise. */
export function tallyOfPlaywright(report: unknown, exitCode: number): Tally {
  const { stats } = report as { stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number> };
  return orOneFailure(stats.expected, stats.unexpected + stats.flaky + stats.skipped, exitCode);
}

/** A runner that failed for a reason outside any test (an unhandled error, no tests at all) is a failure too. */
function orOneFailure(passed: number, failed: number, exitCode: number): Tally {
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
