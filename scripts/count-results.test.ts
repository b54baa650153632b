import { expect, test } from 'vitest';
import { countResults } from './count-results.mjs';

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

test('passed, failed and skipped are vitest’s', () => {
  expect(countResults(report, true)).toEqual({ passed: 3, failed: 0, skipped: 2 });
  expect(countResults({ ...report, numFailedTests: 2 }, false)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test('a file that does not load is one failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
  ];
  expect(countResults({ ...report, numFailedTests: 1, testResults }, false).failed).toBe(2);
});

test('a run that fails without a failed test, or without a report, is one failure', () => {
  expect(countResults(report, false).failed).toBe(1);
  expect(countResults(undefined, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
