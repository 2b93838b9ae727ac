import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Whether tests were picked by name (-t): then most are skipped, and only because of that. */
let picked = false;

/**
 * Ends a test run with what was skipped and why, and the totals alone on the last line.
 * A file that could not be loaded and an error outside any test count as failed.
 */
export const reportTotals: Reporter = {
  onInit(vitest) {
    picked = vitest.config.testNamePattern !== undefined;
  },
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const ended = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = ended('skipped');
    const broken = modules.filter(isBroken).length + errors.length;
    const failed = ended('failed').length + ended('pending').length + broken;

    const explained = skipped.filter((test) => !picked || noteOf(test));
    if (explained.length > 0) {
      console.log('Skipped:');
      for (const test of explained) console.log(`  ${describe(test)}: ${reasonOf(test)}`);
    }
    const checks = process.env.STET_FAILED_CHECKS;
    if (checks) console.log(`Failed checks, listed above: ${checks}`);
    console.log(`${ended('passed').length} passed, ${failed} failed, ${skipped.length} skipped`);
  },
};

/** A file or a suite with an error of its own (a failed import, a failed beforeAll). */
function isBroken(module: TestModule): boolean {
  return (
    module.errors().length > 0 ||
    [...module.children.allSuites()].some((suite) => suite.errors().length > 0)
  );
}

function describe(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

function reasonOf(test: TestCase): string {
  return noteOf(test) ?? (test.options.mode === 'todo' ? 'to be written' : 'no reason given');
}

function noteOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
