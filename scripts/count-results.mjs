/**
 * Sums up vitest's JSON report.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {object} Report the part of vitest's JSON report that is read
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults one for each file
 */

/** A file that fails outside of its tests (it does not load, a hook throws) counts as one failed test. */
const failedAsAWhole = (/** @type {Report['testResults'][0]} */ file) =>
  file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');

/** @returns {Counts} */
export function countResults(/** @type {Report | undefined} */ report, /** @type {boolean} */ succeeded) {
  const failed = (report?.numFailedTests ?? 0) + (report?.testResults.filter(failedAsAWhole).length ?? 0);
  return {
    passed: report?.numPassedTests ?? 0,
    // Vitest can fail with no test failed: an unhandled rejection, no test found, a crash.
    failed: succeeded ? failed : Math.max(1, failed),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}
