import { describe, expect, test } from 'vitest';
import { singleCheck, sum, tallyOfPlaywright, tallyOfVitest, totalsLine } from './tally.ts';

const vitest = (testResults: unknown[], more = {}) => ({
  numPassedTests: 2,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
  ...more,
});
const passing = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] };

describe('the totals', () => {
  test('passed and failed tests are counted', () => {
    const failing = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'failed' }] };
    expect(tallyOfVitest(vitest([passing, failing]), 1)).toEqual({ passed: 2, failed: 2 });
    expect(tallyOfPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 0 } }, 1)).toEqual({
      passed: 5,
      failed: 1,
    });
  });

  test('a test file that does not load is a failure', () => {
    expect(tallyOfVitest(vitest([passing, { status: 'failed', assertionResults: [] }]), 1)).toEqual({
      passed: 2,
      failed: 1,
    });
  });

  test('skipped and flaky tests are failures', () => {
    expect(tallyOfVitest(vitest([passing], { numPendingTests: 1 }), 0).failed).toBe(1);
    expect(tallyOfPlaywright({ stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 1 } }, 0).failed).toBe(2);
  });

  test('a runner that fails without a failed test is a failure', () => {
    expect(tallyOfVitest(vitest([passing]), 1).failed).toBe(1);
  });

  test('the last line has the sums', () => {
    expect(totalsLine(sum([singleCheck(0), singleCheck(2), { passed: 5, failed: 0 }]))).toBe('6 passed, 1 failed');
  });
});
